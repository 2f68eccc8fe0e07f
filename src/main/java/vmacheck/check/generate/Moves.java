package vmacheck.check.generate;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.RemapFlags;
import vmacheck.model.AddressSpace;
import vmacheck.model.Vma;

/// Makes calls of mremap: moves home and beside neighbours where offsets fit, grows, shrinks, leaves behind.
final class Moves {
    private final Luck luck;
    private final Habits habits;
    private final Aim aim;

    Moves(Luck luck, Habits habits, Aim aim) {
        this.luck = luck;
        this.habits = habits;
        this.aim = aim;
    }

    Call mremap(int process, AddressSpace space) {
        Vma vma = aim.vma(space);
        if (vma == null || luck.percent(habits.senseless)) {
            return senseless(process);
        }
        Range source = luck.percent(55) ? new Range(vma.start(), vma.end()) : aim.within(vma);
        return switch (luck.below(20)) {
            case 0, 1 -> inPlace(process, vma, luck.between(1, 3));
            case 2 -> inPlace(process, vma, -luck.below(vma.pages()));
            case 3 -> resizing(process, space, vma, source);
            case 4 -> move(process, space, vma, aim.around(space, vma), RemapFlags.FIXED);
            case 5 -> again(process, space, source);
            case 6, 7 -> move(process, space, vma, source, RemapFlags.DONTUNMAP | (luck.coin() ? RemapFlags.FIXED : 0));
            default -> move(process, space, vma, source, RemapFlags.FIXED);
        };
    }

    private Call senseless(int process) {
        Range from = aim.senseless();
        Range to = aim.senseless();
        int flags = luck.below(8);
        boolean placed = luck.percent(80);
        return new Call.Mremap(
                process, from.start(), from.length(), to.length(), flags, placed ? to.start() : Vma.NONE);
    }

    /// Grows or shrinks at the end of a VMA.
    private Call inPlace(int process, Vma vma, int delta) {
        int start = luck.percent(70) ? vma.start() : luck.between(vma.start(), vma.end() - 1);
        int length = vma.end() - start;
        int newLength = Math.clamp(length + (long) delta, luck.percent(5) ? 0 : 1, aim.arena() - start);
        int flags = luck.coin() ? RemapFlags.MAYMOVE : 0;
        return new Call.Mremap(process, start, length, newLength, flags, Vma.NONE);
    }

    private Call resizing(int process, AddressSpace space, Vma vma, Range source) {
        int newLength = luck.percent(10) ? 0 : luck.between(1, Math.min(aim.arena(), source.length() + 2));
        Range to = destination(space, vma, new Range(source.start(), source.start() + newLength));
        return fixed(process, source, to, newLength, RemapFlags.FIXED);
    }

    /// Old length 0: a second mapping of shared memory, an error for private memory.
    private Call again(int process, AddressSpace space, Range source) {
        Range to = aim.destination(space, source.length());
        return fixed(process, new Range(source.start(), source.start()), to, to.length(), RemapFlags.FIXED);
    }

    private Call move(int process, AddressSpace space, Vma vma, Range source, int flags) {
        return fixed(process, source, destination(space, vma, source), source.length(), flags);
    }

    private Call fixed(int process, Range source, Range to, int newLength, int flags) {
        aim.look(to.start());
        int start = Math.min(to.start(), aim.arena() - newLength);
        int mayMove = luck.percent(98) ? RemapFlags.MAYMOVE : 0;
        return new Call.Mremap(process, source.start(), source.length(), newLength, flags | mayMove, start);
    }

    private Range destination(AddressSpace space, Vma vma, Range source) {
        if (luck.percent(habits.homing)) {
            Range fitting = fitting(space, vma, source);
            if (fitting != null) {
                return fitting;
            }
        }
        Range any = aim.destination(space, source.length());
        return source.overlaps(any.start(), any.end()) ? aim.destination(space, source.length()) : any;
    }

    /// Where the offsets of the moved pages fit: their home, or beside a VMA that goes on where they end.
    private @Nullable Range fitting(AddressSpace space, Vma vma, Range source) {
        int index = vma.indexOf(source.start());
        int count = space.vmas().size();
        int first = luck.below(count + 1);
        for (int i = 0; i <= count; i++) {
            int at = (first + i) % (count + 1);
            int start = at == count ? (vma.isAnonymous() ? index : -1) : beside(space.vma(at), index, source.length());
            boolean fits = start >= 0 && start + source.length() <= aim.arena();
            if (fits && !source.overlaps(start, start + source.length())) {
                return Range.of(start, source.length());
            }
        }
        return null;
    }

    private int beside(Vma neighbour, int index, int length) {
        if (neighbour.indexOf(neighbour.end()) == index) {
            return neighbour.end();
        }
        return index + length == neighbour.pgoff() ? neighbour.start() - length : -1;
    }
}
