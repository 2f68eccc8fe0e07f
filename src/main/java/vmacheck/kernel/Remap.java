package vmacheck.kernel;

import static vmacheck.kernel.Outcome.failure;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.LimitCheck;
import vmacheck.rules.SealTest;
import vmacheck.rules.SourceNeighbour;

/// mremap (`mm/mremap.c`).
final class Remap {
    /// The number of the error without its sign.
    private static final int POSITIVE_EFAULT = 14;

    private final Context k;
    private final Draft draft;
    private final Space space;
    private final boolean mayMove;
    private final boolean fixed;
    private final boolean dontUnmap;

    /// The arguments in force, as `struct vma_remap_struct` has them; they change while several VMAs are moved.
    private int addr;
    private int oldLength;
    private int newLength;
    private int newAddr;
    private int delta;
    private final LimitCheck limit;

    Remap(Context context, Space space, Call.Mremap call) {
        k = context;
        draft = context.draft;
        this.space = space;
        mayMove = (call.flags() & RemapFlags.MAYMOVE) != 0;
        fixed = (call.flags() & RemapFlags.FIXED) != 0;
        dontUnmap = (call.flags() & RemapFlags.DONTUNMAP) != 0;
        addr = call.addr();
        oldLength = call.oldLength();
        newLength = call.newLength();
        newAddr = call.newAddr();
        delta = Math.abs(newLength - oldLength);
        limit = draft.rules.get(Decisions.MREMAP_LIMIT);
    }

    private boolean isPlaced() {
        return fixed || dontUnmap;
    }

    private boolean isShrink() {
        return newLength < oldLength;
    }

    Result run() {
        boolean first = draft.rules.get(Decisions.MREMAP_CHECKS_FIRST);
        boolean nothing = newLength == 0 && (!fixed || draft.rules.get(Decisions.MREMAP_REFUSES_NOTHING));
        if (nothing || (isPlaced() && !mayMove) || (dontUnmap && oldLength != newLength)) {
            return failure(Errno.EINVAL);
        }
        if (!first && newLength > 0) {
            // Up to 6.16 the VMA is looked up, and its seal respected, before the addresses are checked.
            Vma vma = space.covering(addr);
            if (vma == null && !draft.rules.get(Decisions.MREMAP_NEEDS_SOURCE)) {
                return new Result.Value(POSITIVE_EFAULT);
            }
            if (vma == null || draft.isSealed(vma, SealTest.Deed.REMAP)) {
                return failure(vma == null ? Errno.EFAULT : Errno.EPERM);
            }
        }
        Errno error = checkArguments();
        if (error != null) {
            return failure(error);
        }
        if (limit == LimitCheck.ALWAYS && space.mapCount + 4 > draft.maxMapCount()) {
            return failure(Errno.ENOMEM);
        }
        if (fixed && oldLength == newLength && draft.rules.get(Decisions.MREMAP_MOVES_SEVERAL)) {
            return moveSeveral();
        }
        if (first) {
            error = checkVma(space.covering(addr));
            if (error != null) {
                return failure(error);
            }
        }
        return isPlaced() ? moveTo() : resizeAt();
    }

    /// `check_mremap_params`.
    private @Nullable Errno checkArguments() {
        if (!isPlaced()) {
            return null;
        }
        boolean overlaps = newAddr != Vma.NONE && addr + oldLength > newAddr && newAddr + newLength > addr;
        if ((fixed && newAddr == Vma.NONE)
                || (newAddr != Vma.NONE && newAddr + newLength > draft.arenaPages())
                || overlaps) {
            return Errno.EINVAL;
        }
        return limit == LimitCheck.PLACED && space.mapCount + 2 >= draft.maxMapCount() - 3 ? Errno.ENOMEM : null;
    }

    /// `check_prep_vma`.
    private @Nullable Errno checkVma(@Nullable Vma vma) {
        if (vma == null) {
            return Errno.EFAULT;
        }
        if (draft.isSealed(vma, SealTest.Deed.REMAP)) {
            return Errno.EPERM;
        }
        if (newLength <= oldLength && !isPlaced()) {
            return null;
        }
        return checkRange(vma);
    }

    private @Nullable Errno checkRange(Vma vma) {
        if (oldLength == 0 && vma.isPrivate() && !draft.rules.get(Decisions.MREMAP_DUPLICATES_PRIVATE)) {
            return Errno.EINVAL;
        }
        if (Math.min(oldLength, newLength) > vma.end() - addr) {
            return Errno.EFAULT;
        }
        return newLength > oldLength && Vmas.isLocked(vma) && !draft.mayLock(space, delta) ? Errno.EAGAIN : null;
    }

    /// `remap_move`: every VMA in the range moves, gaps between them stay.
    private Result moveSeveral() {
        int start = addr;
        int end = addr + oldLength;
        int target = newAddr;
        int lastEnd = start;
        boolean seen = false;
        Result result = failure(Errno.EFAULT);
        int reached = start;
        for (Vma vma = space.intersecting(reached, end); vma != null; vma = space.intersecting(reached, end)) {
            if (!seen && start < vma.start()) {
                return failure(Errno.EFAULT);
            }
            int gap = seen ? vma.start() - lastEnd : 0;
            lastEnd = vma.end();
            addr = Math.max(vma.start(), start);
            newAddr = target + gap;
            oldLength = Math.min(end, vma.end()) - addr;
            newLength = oldLength;
            delta = 0;
            Errno error = checkVma(vma);
            Result moved = error != null ? failure(error) : moveTo();
            if (!moved.isSuccess()) {
                return moved;
            }
            if (!seen) {
                result = moved;
            }
            seen = true;
            target = newAddr + newLength;
            reached = vma.end();
        }
        return result;
    }

    /// `mremap_to`.
    private Result moveTo() {
        if (fixed && newLength > 0) {
            Errno error = k.unmap.munmap(space, newAddr, newLength);
            if (error != null && limit != LimitCheck.NEVER) {
                return failure(error);
            }
        }
        if (isShrink() && newLength > 0) {
            Errno error = k.unmap.munmap(space, addr + newLength, oldLength - newLength);
            if (error != null) {
                return failure(error);
            }
            oldLength = newLength;
            // The kernel's `delta` still holds what was cut off, and is charged as if the mapping grew.
            delta = draft.rules.get(Decisions.SHRINKING_MOVE_CHARGES) ? delta : 0;
        }
        if (!draft.rules.get(Decisions.MREMAP_CHECKS_FIRST)) {
            Errno error = checkVma(space.covering(addr));
            if (error != null) {
                return failure(error);
            }
        }
        if (space.covering(addr) == null) {
            return failure(Errno.EFAULT);
        }
        if (newLength == 0) {
            // Nothing moves, and the source stays as it is.
            oldLength = 0;
            delta = 0;
        }
        if (!fixed) {
            newAddr = Placement.choose(space, draft, newAddr, newLength);
            if (newAddr == Vma.NONE) {
                return failure(Errno.ENOMEM);
            }
        }
        return move(Vmas.need(space.covering(addr)));
    }

    /// `mremap_at`.
    private Result resizeAt() {
        if (newLength <= oldLength) {
            if (isShrink()) {
                Errno error = k.unmap.munmap(space, addr + newLength, oldLength - newLength);
                if (error != null) {
                    return failure(error);
                }
            }
            return new Result.Value(addr);
        }
        Vma vma = Vmas.need(space.covering(addr));
        Errno error = checkRange(vma);
        if (error != null) {
            return failure(error);
        }
        if (vma.end() - addr == oldLength
                && vma.end() + delta <= draft.arenaPages()
                && space.isFree(vma.end(), vma.end() + delta)) {
            return growInPlace(vma);
        }
        if (!mayMove) {
            return failure(Errno.ENOMEM);
        }
        newAddr = Placement.choose(space, draft, Vma.NONE, newLength);
        return newAddr == Vma.NONE ? failure(Errno.ENOMEM) : move(vma);
    }

    /// `expand_vma_in_place`: the extension asks to be merged, first of all with the VMA itself (`vma_merge_extend`).
    private Result growInPlace(Vma vma) {
        int start = vma.end();
        if (!charge(vma, delta)) {
            return failure(Errno.ENOMEM);
        }
        Candidate copy = Vmas.copyOf(space, vma, start, start + delta, vma.indexOf(start));
        // Without a source: the growing VMA is not tested for being a fork child.
        Candidate extension = new Candidate(
                copy.process(),
                copy.start(),
                copy.end(),
                copy.flags(),
                copy.pgoff(),
                copy.anonVma(),
                copy.file(),
                copy.policy(),
                copy.uffd(),
                copy.name(),
                null,
                false);
        k.vmas.mergeNewRange(space, extension, !draft.rules.get(Decisions.GROWTH_MERGES_NEXT), true);
        account(vma, delta);
        populateGrowth(vma, addr);
        return new Result.Value(addr);
    }

    private boolean charge(Vma vma, int pages) {
        return !commits(vma) || draft.charge(pages);
    }

    private boolean commits(Vma vma) {
        return vma.has(VmFlags.ACCOUNT) && draft.commits(Counting.Occasion.MREMAP, vma.flags());
    }

    /// `vrm_calc_charge`: what stays mapped is charged again.
    private boolean chargeMove(Vma vma) {
        if (dontUnmap && commits(vma) && !draft.rules.get(Decisions.DONTUNMAP_ASKS_COMMIT)) {
            draft.committed += newLength;
            return true;
        }
        return charge(vma, dontUnmap ? newLength : delta);
    }

    /// `vrm_stat_account`.
    private void account(Vma vma, int pages) {
        draft.count(space, Counting.Occasion.MREMAP, vma.flags(), pages);
        draft.countLocked(space, Counting.Occasion.MREMAP, vma.flags(), pages);
    }

    private void populateGrowth(Vma vma, int at) {
        if (Vmas.isLocked(vma) && newLength > oldLength) {
            k.populate.range(space, at + oldLength, at + newLength, true);
        }
    }

    /// Whether the limit of VMAs allows the copy and a split of the source (`prep_move_vma`).
    private boolean isRoomToMove() {
        return switch (limit) {
            case NEVER -> true;
            case IN_THE_MOVE, PLACED -> space.mapCount < draft.maxMapCount() - 3;
            case ALWAYS -> space.mapCount + 2 <= draft.maxMapCount();
        };
    }

    /// `move_vma`.
    private Result move(Vma found) {
        if (!isRoomToMove()) {
            return failure(Errno.ENOMEM);
        }
        if (!chargeMove(found)) {
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
        populateGrowth(source, newAddr);
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
                        Vmas.copyOf(space, source, newAddr, end, pgoff),
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
