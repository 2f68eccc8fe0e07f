package vmacheck.check.generate;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Makes calls of mmap and mprotect, often so that the result could merge with a neighbour.
final class Mappings {
    private final Luck luck;
    private final Habits habits;
    private final Aim aim;

    Mappings(Luck luck, Habits habits, Aim aim) {
        this.luck = luck;
        this.habits = habits;
        this.aim = aim;
    }

    Call mmap(int process, AddressSpace space) {
        Range range = luck.percent(habits.senseless) ? aim.senseless() : aim.fresh(space);
        aim.look(range.start());
        Vma neighbour = neighbour(space, range);
        if (neighbour != null && luck.percent(60)) {
            return like(neighbour, process, range);
        }
        int prot = prot();
        if (luck.percent(habits.files)) {
            int type = luck.percent(70) ? MapFlags.PRIVATE : MapFlags.SHARED;
            // Both bits are MAP_SHARED_VALIDATE.
            type |= luck.percent(habits.senseless) ? MapFlags.PRIVATE : 0;
            return new Call.Mmap(
                    process,
                    range.start(),
                    range.length(),
                    prot,
                    type | placement(),
                    luck.below(Machine.NAMED_FILES),
                    luck.below(luck.percent(90) ? 6 : Setup.FILE_PAGES + 2));
        }
        int type = luck.percent(habits.sharedAnonymous) ? MapFlags.SHARED : MapFlags.PRIVATE;
        int flags = type | MapFlags.ANONYMOUS | placement();
        if (luck.percent(habits.senseless)) {
            flags = luck.below(256);
        }
        return new Call.Mmap(process, range.start(), range.length(), prot, flags, Vma.NONE, 0);
    }

    /// The VMA below the range, else the one above, if it touches.
    private @Nullable Vma neighbour(AddressSpace space, Range range) {
        Vma below = range.start() == 0 ? null : space.vmaAt(range.start() - 1);
        Vma above = range.end() >= aim.arena() ? null : space.vmaAt(range.end());
        return below == null || (above != null && luck.coin()) ? above : below;
    }

    /// A mapping that goes on where its neighbour ends.
    private Call like(Vma neighbour, int process, Range range) {
        int prot = (neighbour.has(VmFlags.READ) ? Prot.READ : 0)
                | (neighbour.has(VmFlags.WRITE) ? Prot.WRITE : 0)
                | (neighbour.has(VmFlags.EXEC) ? Prot.EXEC : 0);
        int flags = (neighbour.isPrivate() ? MapFlags.PRIVATE : MapFlags.SHARED) | placement();
        flags |= neighbour.has(VmFlags.NORESERVE) ? MapFlags.NORESERVE : 0;
        flags |= neighbour.has(VmFlags.LOCKED) && luck.coin() ? MapFlags.LOCKED : 0;
        if (neighbour.isAnonymous() || neighbour.file() >= Machine.NAMED_FILES) {
            return new Call.Mmap(process, range.start(), range.length(), prot, flags | MapFlags.ANONYMOUS, Vma.NONE, 0);
        }
        int offset = Math.max(0, neighbour.indexOf(range.start()));
        return new Call.Mmap(process, range.start(), range.length(), prot, flags, neighbour.file(), offset);
    }

    private int placement() {
        int flags = luck.percent(88) ? MapFlags.FIXED : 0;
        for (int bit = MapFlags.NOREPLACE; bit <= MapFlags.POPULATE; bit <<= 1) {
            flags |= (habits.extraMapFlags & bit) != 0 && luck.percent(15) ? bit : 0;
        }
        return flags;
    }

    private int prot() {
        return luck.percent(habits.senseless) ? luck.below(8) : habits.prots[luck.below(habits.prots.length)];
    }

    Call mprotect(int process, AddressSpace space) {
        Range range = aim.around(space);
        Vma neighbour = neighbour(space, range);
        int prot = neighbour != null && luck.percent(40) ? (int) (neighbour.flags() & VmFlags.ACCESS) : prot();
        return new Call.Mprotect(process, range.start(), range.length(), prot);
    }
}
