package vmacheck.invariant;

import java.util.Objects;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Setup;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;

/// What a call that fails promises to leave as it was. The table is in `invariants/failed-call-keeps-state.md`.
enum Promise {
    /// Nothing in particular: what was done before the failure stays done.
    NONE,
    /// VMAs may be cut in pieces, everything else is as it was.
    SPLITS,
    /// Nothing has changed.
    NOTHING;

    /// Whether a call did not do what it was asked. brk says so by the break that it gives back.
    static boolean isFailure(Step step) {
        return step.call() instanceof Call.Brk brk
                ? step.result() instanceof Result.Value(int result) && result != brk.addr()
                : !step.result().isSuccess();
    }

    /// The promise that a call which did not succeed gives with its error.
    static Promise of(Rules rules, Step step) {
        if (step.call() instanceof Call.Brk) {
            return SPLITS;
        }
        if (step.result() instanceof Result.Fault(Result.Signal signal)) {
            return signal == Result.Signal.SIGSEGV ? NOTHING : NONE;
        }
        if (!(step.result() instanceof Result.Failure(Errno errno))) {
            return NONE;
        }
        if (errno == Errno.ESRCH || errno == Errno.ENOSYS) {
            return NOTHING;
        }
        return switch (step.call()) {
            case Call.Mmap _, Call.Munmap _ -> errno == Errno.EPERM || errno == Errno.ENOMEM ? SPLITS : NOTHING;
            case Call.Mprotect(_, int addr, _, _) -> ofWalk(step, addr);
            case Call.Mlock(_, int addr, _) -> ofWalk(step, addr);
            case Call.Mlock2(_, int addr, _, _) -> ofWalk(step, addr);
            case Call.Munlock(_, int addr, _) -> ofWalk(step, addr);
            case Call.Mseal(_, int addr, int length) -> isMapped(step, addr, length) ? NONE : NOTHING;
            case Call.Madvise(_, int addr, int length, _) -> isEmpty(step, addr, length) ? NOTHING : NONE;
            case Call.Mlockall _ -> NOTHING;
            case Call.Mremap mremap -> ofMremap(rules, step, mremap, errno);
            default -> NONE;
        };
    }

    /// Calls that go from VMA to VMA do nothing if there is none to start with.
    private static Promise ofWalk(Step step, int addr) {
        return space(step).vmaAt(addr) == null ? NOTHING : NONE;
    }

    /// Kernels that test everything first promise more; only what the destination or the tail holds can stop them
    /// later, and only a move of several VMAs can stop half-way.
    private static Promise ofMremap(Rules rules, Step step, Call.Mremap call, Errno errno) {
        if (errno == Errno.EINVAL && call.newLength() == 0) {
            return NOTHING;
        }
        if (!rules.get(Decisions.MREMAP_CHECKS_FIRST)) {
            // The limit of VMAs is the one thing that all kernels of ours ask for in time.
            return errno == Errno.ENOMEM && !isCommitLimited(step) ? SPLITS : NONE;
        }
        Vma vma = space(step).vmaAt(call.addr());
        if (vma == null) {
            return NOTHING;
        }
        boolean placed = (call.flags() & (RemapFlags.FIXED | RemapFlags.DONTUNMAP)) != 0;
        boolean unmaps = errno == Errno.EPERM || errno == Errno.ENOMEM;
        if (!placed) {
            return unmaps ? SPLITS : NOTHING;
        }
        if (errno == Errno.ENOMEM && isCommitLimited(step)) {
            // A move is charged when its destination is unmapped already.
            return NONE;
        }
        boolean eatsItself = call.oldLength() == 0
                && call.newAddr() <= call.addr()
                && call.addr() < call.newAddr() + call.newLength();
        boolean several = call.oldLength() == call.newLength() && call.addr() + call.oldLength() > vma.end();
        boolean shrinks = call.newLength() < call.oldLength();
        return eatsItself || several || (shrinks && unmaps) ? NONE : unmaps ? SPLITS : NOTHING;
    }

    private static boolean isCommitLimited(Step step) {
        return step.before().setup().commitLimit() != Setup.UNLIMITED;
    }

    private static AddressSpace space(Step step) {
        return Objects.requireNonNull(step.before().processes().get(step.call().process()))
                .space();
    }

    private static boolean isMapped(Step step, int addr, int length) {
        int reached = addr;
        while (reached < addr + length) {
            Vma vma = space(step).vmaAt(reached);
            if (vma == null) {
                return false;
            }
            reached = vma.end();
        }
        return true;
    }

    private static boolean isEmpty(Step step, int addr, int length) {
        AddressSpace space = space(step);
        Vma vma = space.vmas().get(space.indexAfter(addr));
        return vma == null || vma.start() >= addr + length;
    }
}
