package vmacheck.kernel;

import static vmacheck.kernel.Outcome.failure;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.LimitCheck;
import vmacheck.rules.SealTest;

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
        if (VmaMove.commits(draft, vma) && !draft.charge(delta)) {
            return failure(Errno.ENOMEM);
        }
        Candidate extension = Candidates.extensionOf(space, vma, start + delta);
        k.vmas.mergeNewRange(space, extension, !draft.rules.get(Decisions.GROWTH_MERGES_NEXT), true);
        draft.count(space, Counting.Occasion.MREMAP, vma.flags(), delta);
        draft.countLocked(space, Counting.Occasion.MREMAP, vma.flags(), delta);
        if (Vmas.isLocked(vma)) {
            k.populate.range(space, start, start + delta, true);
        }
        return new Result.Value(addr);
    }

    private Result move(Vma found) {
        return new VmaMove(k, space, addr, oldLength, newLength, newAddr, delta, dontUnmap).run(found, limit);
    }
}
