package vmacheck.kernel;

import static vmacheck.kernel.Outcome.failure;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.call.Result;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.BrkGrowth;
import vmacheck.rules.Candidate;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;

/// mmap (`do_mmap`, `__mmap_region`) and brk (`do_brk_flags`).
final class Mapping {
    private final Context k;
    private final Draft draft;

    Mapping(Context context) {
        k = context;
        draft = context.draft;
    }

    Result mmap(Space space, Call.Mmap call) {
        boolean anonymous = (call.flags() & MapFlags.ANONYMOUS) != 0;
        OpenFile file = anonymous ? null : draft.files.get(call.file());
        if (!anonymous && (file == null || call.file() >= Machine.NAMED_FILES)) {
            return failure(Errno.EBADF);
        }
        if (call.length() == 0) {
            return failure(Errno.EINVAL);
        }
        if (space.mapCount > draft.maxMapCount()) {
            return failure(Errno.ENOMEM);
        }
        boolean fixed = (call.flags() & (MapFlags.FIXED | MapFlags.NOREPLACE)) != 0;
        int start = fixed ? call.addr() : Placement.choose(space, draft, call.addr(), call.length());
        if (start == Vma.NONE || start + call.length() > draft.arenaPages()) {
            return failure(Errno.ENOMEM);
        }
        int end = start + call.length();
        if ((call.flags() & MapFlags.NOREPLACE) != 0 && !isFree(space, start, end)) {
            return failure(Errno.EEXIST);
        }
        if ((call.flags() & MapFlags.LOCKED) != 0 && draft.memlock() == 0) {
            return failure(Errno.EPERM);
        }
        long flags = baseFlags(space, call);
        if ((flags & VmFlags.LOCKED) != 0 && !draft.mayLock(space, call.length())) {
            return failure(Errno.EAGAIN);
        }
        int type = call.flags() & (MapFlags.SHARED | MapFlags.PRIVATE);
        boolean shared = (type & MapFlags.SHARED) != 0;
        Errno refused = refuse(call, file, type);
        if (refused != null) {
            return failure(refused);
        }
        if (shared) {
            flags |= VmFlags.SHARED | VmFlags.MAYSHARE;
            if (file != null && !file.writable()) {
                flags &= ~(VmFlags.MAYWRITE | VmFlags.SHARED);
            }
        }
        int pgoff = file != null ? call.offset() : shared ? 0 : start;
        long late = draft.rules.get(Decisions.DEFAULT_FLAGS_FIRST) || (call.flags() & MapFlags.LOCKED) != 0
                ? 0
                : space.defFlags;
        Errno error = mapRegion(space, start, end, flags, late, pgoff, file == null ? Vma.NONE : file.id(), shared);
        if (error != null) {
            return failure(error);
        }
        if ((flags & VmFlags.LOCKED) != 0 || (call.flags() & MapFlags.POPULATE) != 0) {
            k.populate.range(space, start, end, true);
        }
        return new Result.Value(start);
    }

    /// Whether `MAP_FIXED_NOREPLACE` finds the range free.
    private boolean isFree(Space space, int start, int end) {
        return draft.rules.get(Decisions.NOREPLACE_LOOKS_INSIDE)
                ? space.isFree(start, end)
                : space.covering(start) == null;
    }

    private long baseFlags(Space space, Call.Mmap call) {
        long flags = protectionFlags(call.prot()) | VmFlags.MAY_ACCESS | space.defFlags;
        flags |= (call.flags() & MapFlags.LOCKED) != 0 ? VmFlags.LOCKED : 0;
        return flags | ((call.flags() & MapFlags.NORESERVE) != 0 && !draft.isCommitStrict() ? VmFlags.NORESERVE : 0);
    }

    /// The `VM_READ`, `VM_WRITE` and `VM_EXEC` of a protection argument.
    static long protectionFlags(int prot) {
        return ((prot & Prot.READ) != 0 ? VmFlags.READ : 0)
                | ((prot & Prot.WRITE) != 0 ? VmFlags.WRITE : 0)
                | ((prot & Prot.EXEC) != 0 ? VmFlags.EXEC : 0);
    }

    private static @Nullable Errno refuse(Call.Mmap call, @Nullable OpenFile file, int type) {
        boolean validate = type == (MapFlags.SHARED | MapFlags.PRIVATE);
        if (type == 0 || (validate && file == null)) {
            return Errno.EINVAL;
        }
        if (file == null) {
            return null;
        }
        if (validate && (call.flags() & MapFlags.NOREPLACE) != 0) {
            return Errno.EOPNOTSUPP;
        }
        boolean shared = (type & MapFlags.SHARED) != 0;
        return shared && (call.prot() & Prot.WRITE) != 0 && !file.writable() ? Errno.EACCES : null;
    }

    /// @param late flags that the kernel forgets until it has tried to merge
    private @Nullable Errno mapRegion(
            Space space, int start, int end, long wanted, long late, int pgoff, int file, boolean shared) {
        Errno error = k.unmap.gather(space, start, end);
        if (error != null) {
            return error;
        }
        long flags = wanted;
        if ((flags & (VmFlags.NORESERVE | VmFlags.SHARED | VmFlags.WRITE)) == VmFlags.WRITE) {
            flags |= VmFlags.ACCOUNT;
            // What is about to be unmapped pays for what comes (6.12 and later; a hole stays behind before).
            if (draft.commits(Counting.Occasion.MMAP, flags)) {
                int paid = k.unmap.accounted(space, start, end);
                if (!draft.charge(end - start - paid)) {
                    return Errno.ENOMEM;
                }
                draft.committed += paid;
            }
        }
        k.unmap.remove(space, start, end);
        Vma vma = k.vmas.mergeNewRange(
                space, Candidates.fresh(space, start, end, flags & ~late, pgoff, file), false, false);
        if (vma != null) {
            flags &= ~late;
        } else {
            int object = shared && file == Vma.NONE ? k.pages.newShmem(end - start) : file;
            space.insert(draft.newVma(start, end, flags, pgoff, object));
        }
        draft.count(space, Counting.Occasion.MMAP, flags, end - start);
        draft.countLocked(space, Counting.Occasion.MMAP, flags, end - start);
        return null;
    }

    /// The break that is in force afterwards.
    Result brk(Space space, int wanted) {
        if (wanted < space.startBrk || wanted == space.brk) {
            return new Result.Value(space.brk);
        }
        boolean done = wanted < space.brk ? shrink(space, wanted) : grow(space, wanted);
        if (done) {
            int old = space.brk;
            space.brk = wanted;
            if (wanted > old && (space.defFlags & VmFlags.LOCKED) != 0) {
                k.populate.range(space, old, wanted, true);
            }
        }
        return new Result.Value(space.brk);
    }

    private boolean shrink(Space space, int wanted) {
        if (space.isFree(wanted, space.brk)) {
            if (draft.rules.get(Decisions.BRK_EXPECTS_HEAP)) {
                throw new KernelBug("brk finds no heap to shrink");
            }
            return draft.rules.get(Decisions.BRK_SHRINKS_NOTHING);
        }
        return k.unmap.range(space, wanted, space.brk) == null;
    }

    private boolean grow(Space space, int wanted) {
        // A page must stay free behind the break; the end of the arena counts as taken.
        if (wanted + 1 > draft.arenaPages()
                || !space.isFree(space.brk, wanted + 1)
                || space.mapCount > draft.maxMapCount()) {
            return false;
        }
        long flags = VmFlags.READ | VmFlags.WRITE | VmFlags.MAY_ACCESS | VmFlags.ACCOUNT | space.defFlags;
        flags |= draft.rules.get(Decisions.HEAP_EXECUTABLE) ? VmFlags.EXEC : 0;
        int length = wanted - space.brk;
        int charged = draft.commits(Counting.Occasion.BRK, flags) ? length : 0;
        if (((flags & VmFlags.LOCKED) != 0 && !draft.mayLock(space, length)) || !draft.charge(charged)) {
            return false;
        }
        Vma below = space.before(space.brk);
        Vma grown = null;
        Candidate fresh = Candidates.fresh(space, space.brk, wanted, flags, space.brk, Vma.NONE);
        BrkGrowth growth = draft.rules.get(Decisions.BRK_GROWTH);
        boolean isHeap = below != null && below.end() > space.startBrk;
        if (growth == BrkGrowth.EQUAL_FLAGS) {
            grown = below != null && below.start() >= space.startBrk
                    ? k.vmas.stretch(space, fresh, below, wanted)
                    : null;
        } else if (below != null && below.end() == space.brk && (isHeap || growth == BrkGrowth.MERGE_ANY)) {
            grown = k.vmas.mergeNewRange(space, fresh, true, false);
        }
        if (grown == null) {
            space.insert(draft.newVma(space.brk, wanted, flags, space.brk, Vma.NONE));
        }
        draft.count(space, Counting.Occasion.BRK, flags, length);
        draft.countLocked(space, Counting.Occasion.BRK, flags, length);
        return true;
    }
}
