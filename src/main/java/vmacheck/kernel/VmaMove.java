package vmacheck.kernel;

import static vmacheck.kernel.Outcome.failure;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.LimitCheck;
import vmacheck.rules.SourceNeighbour;

/// One VMA, or a part of one, that mremap moves (`move_vma`).
final class VmaMove {
    private final Context k;
    private final Draft draft;
    private final Space space;
    private final int addr;
    private final int oldLength;
    private final int newLength;
    private final int newAddr;
    private final int delta;
    private final boolean dontUnmap;

    /// @param delta pages that are charged for growing
    VmaMove(
            Context context,
            Space space,
            int addr,
            int oldLength,
            int newLength,
            int newAddr,
            int delta,
            boolean dontUnmap) {
        k = context;
        draft = context.draft;
        this.space = space;
        this.addr = addr;
        this.oldLength = oldLength;
        this.newLength = newLength;
        this.newAddr = newAddr;
        this.delta = delta;
        this.dontUnmap = dontUnmap;
    }

    /// Whether memory of a VMA is charged.
    static boolean commits(Draft draft, Vma vma) {
        return vma.has(VmFlags.ACCOUNT) && draft.commits(Counting.Occasion.MREMAP, vma.flags());
    }

    /// @param found the VMA at the address that moves
    Result run(Vma found, LimitCheck limit) {
        if (!isRoom(limit) || !charge(found)) {
            return failure(Errno.ENOMEM);
        }
        if (dontUnmap && Vmas.isLocked(found) && draft.rules.get(Decisions.DONTUNMAP_SPLITS_LOCKED)) {
            Errno error = isolate(found);
            if (error != null) {
                return failure(error);
            }
        }
        return moveCharged(Vmas.need(space.covering(addr)));
    }

    /// Whether the limit of VMAs allows the copy and a split of the source (`prep_move_vma`).
    private boolean isRoom(LimitCheck limit) {
        return switch (limit) {
            case NEVER -> true;
            case IN_THE_MOVE, PLACED -> space.mapCount < draft.maxMapCount() - 3;
            case ALWAYS -> space.mapCount + 2 <= draft.maxMapCount();
        };
    }

    /// `vrm_calc_charge`: what stays mapped is charged again.
    private boolean charge(Vma vma) {
        if (dontUnmap && commits(draft, vma) && !draft.rules.get(Decisions.DONTUNMAP_ASKS_COMMIT)) {
            draft.committed += newLength;
            return true;
        }
        return !commits(draft, vma) || draft.charge(dontUnmap ? newLength : delta);
    }

    /// Makes the range that moves a VMA of its own.
    private @Nullable Errno isolate(Vma vma) {
        Errno error = vma.start() < addr ? k.vmas.splitCounted(space, vma, addr, true) : null;
        return error == null && vma.end() > addr + oldLength
                ? k.vmas.splitCounted(space, Vmas.need(space.covering(addr)), addr + oldLength, false)
                : error;
    }

    private Result moveCharged(Vma found) {
        int pgoff = draft.rules.get(Decisions.MOVED_PGOFF).pgoff(draft, space.process, found, addr, oldLength, newAddr);
        Rewriting rewriting = new Rewriting(k, space, addr, oldLength, newAddr);
        rewriting.reindex(found, pgoff);
        Relocation relocation = new Relocation(k, space);
        Vma destination = copy(found, pgoff, relocation);
        // The source can have become part of its own destination: an unfaulted one, or one that got its offset.
        Vma source = Vmas.need(space.covering(addr));
        rewriting.repoint(source, destination);
        k.pages.move(space, addr, newAddr, oldLength);
        if (relocation.happened()) {
            destination = relocation.join(destination, dontUnmap ? source : null);
            source = relocation.sourceAfterwards(source, addr);
        }
        boolean addsLocked = !dontUnmap || draft.rules.get(Decisions.DONTUNMAP_COUNTS_LOCKED);
        draft.count(space, Counting.Occasion.MREMAP, source.flags(), newLength);
        draft.countLocked(space, Counting.Occasion.MREMAP, source.flags(), addsLocked ? newLength : 0);
        if (dontUnmap) {
            leaveBehind(source, destination);
        } else {
            unmapSource(source);
        }
        if (Vmas.isLocked(source) && newLength > oldLength) {
            k.populate.range(space, newAddr + oldLength, newAddr + newLength, true);
        }
        return new Result.Value(newAddr);
    }

    /// `copy_vma`: a neighbour of the destination grows over it, or the VMA is duplicated.
    private Vma copy(Vma source, int pgoff, Relocation relocation) {
        int end = newAddr + newLength;
        SourceNeighbour role =
                dontUnmap && source.isAnonymous() ? draft.rules.get(Decisions.DONTUNMAP_SOURCE) : SourceNeighbour.JOINS;
        boolean adjacent = newAddr == source.end() || end == source.start();
        Vma merged = adjacent && role == SourceNeighbour.NOTHING_JOINS && !source.isFaulted()
                ? null
                : k.vmas.mergeCopy(
                        space,
                        Candidates.copyOf(space, source, newAddr, end, pgoff),
                        role.isPassedOver(source) ? source : null);
        if (merged != null) {
            return merged;
        }
        if (draft.rules.get(Decisions.RELOCATES).relocates(draft, source)) {
            return relocation.relocate(source, addr, oldLength, newAddr, end);
        }
        Vma duplicate = source.withId(draft.newVmaId()).withRange(newAddr, end, pgoff);
        if (source.isFaulted()) {
            duplicate = k.anonVmas.cloneChain(space.process, duplicate, source, source.anonVma());
        }
        space.insert(duplicate);
        return duplicate;
    }

    /// `dontunmap_complete`: the source loses its locks and, if all of it moved, its anon_vma.
    private void leaveBehind(Vma source, Vma destination) {
        Vma left = Vmas.need(space.byId(source.id()));
        Vma unlocked = left.withFlags(left.flags() & ~VmFlags.LOCK_BITS);
        space.replace(unlocked);
        if (Vmas.isLocked(left)) {
            k.pages.mlocks.strand(space, left.start(), left.end());
        }
        boolean whole = addr == left.start() && addr + oldLength == left.end();
        if (whole && destination.id() != left.id()) {
            Vma unfaulted = k.anonVmas.unlink(space.process, unlocked);
            boolean resets = draft.rules.get(Decisions.DONTUNMAP_RESETS_PGOFF) && left.isAnonymous();
            space.replace(resets ? unfaulted.withRange(left.start(), left.end(), left.start()) : unfaulted);
        }
    }

    /// `unmap_source_vma`: what was charged moves along, so the source must not be uncharged.
    private void unmapSource(Vma source) {
        Vma current = Vmas.need(space.byId(source.id()));
        boolean accounted = current.has(VmFlags.ACCOUNT);
        if (accounted) {
            space.replace(current.withFlags(current.flags() & ~VmFlags.ACCOUNT));
        }
        Errno error = k.unmap.munmap(space, addr, oldLength);
        if (error != null || !accounted) {
            return;
        }
        if (draft.rules.get(Decisions.MOVE_CHARGES_AGAIN)) {
            draft.committed += oldLength;
            return;
        }
        if (current.start() < addr && (current.start() > 0 || draft.rules.get(Decisions.REST_AT_ZERO_ACCOUNTED))) {
            restoreAccount(Vmas.need(space.before(addr)));
        }
        if (current.end() > addr + oldLength) {
            restoreAccount(Vmas.need(space.findAfter(addr + oldLength)));
        }
    }

    private void restoreAccount(Vma rest) {
        space.replace(rest.withFlags(rest.flags() | VmFlags.ACCOUNT));
    }
}
