package vmacheck.invariant;

import java.util.Objects;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.MapFlags;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.VmFlags;

/// Which flags a call may change, and where.
///
/// @param within what may change on the pages `[start, end)`
/// @param beside what may change on all other pages of the process
/// @param wanted of `within`, what every page of the range has after success
/// @param unwanted of `within`, what no page of the range has after success
record Asked(int start, int end, long within, long beside, long wanted, long unwanted) {
    private static final long ADVICE = VmFlags.SEQ_READ | VmFlags.RAND_READ;
    private static final long HUGE = VmFlags.HUGEPAGE | VmFlags.NOHUGEPAGE;
    private static final long ALL = -1L;

    private static Asked nothing() {
        return new Asked(0, 0, 0, 0, 0, 0);
    }

    private static Asked range(int start, int length, long within, long wanted, long unwanted) {
        return new Asked(start, start + length, within, 0, wanted, unwanted);
    }

    /// What the caller of a step asked for.
    static Asked of(Step step) {
        int result = step.result() instanceof Result.Value(int value) ? value : 0;
        return switch (step.call()) {
            // With MAP_FIXED_NOREPLACE nothing that was there may be replaced.
            case Call.Mmap(_, int addr, int length, _, int flags, _, _) ->
                range(
                        step.result().isSuccess() ? result : addr,
                        length,
                        (flags & MapFlags.NOREPLACE) != 0 ? 0 : ALL,
                        0,
                        0);
            case Call.Munmap(_, int addr, int length) -> range(addr, length, ALL, 0, 0);
            case Call.Mprotect(_, int addr, int length, int prot) -> {
                long access = prot & VmFlags.ACCESS;
                yield range(addr, length, VmFlags.ACCESS | VmFlags.ACCOUNT, access, VmFlags.ACCESS & ~access);
            }
            case Call.Mremap call -> ofMremap(call, result);
            case Call.Brk(int process, int addr) -> {
                var before = Objects.requireNonNull(step.before().processes().get(process))
                        .space();
                yield range(Math.min(addr, before.brk()), Math.abs(addr - before.brk()), ALL, 0, 0);
            }
            case Call.Madvise(_, int addr, int length, Advice advice) -> ofAdvice(addr, length, advice);
            case Call.Mlock(_, int addr, int length) -> range(addr, length, VmFlags.LOCK_BITS, VmFlags.LOCKED, 0);
            case Call.Mlock2(_, int addr, int length, _) ->
                range(addr, length, VmFlags.LOCK_BITS, VmFlags.LOCKED, 0);
            case Call.Munlock(_, int addr, int length) ->
                range(addr, length, VmFlags.LOCK_BITS, 0, VmFlags.LOCK_BITS);
            case Call.Mlockall _, Call.Munlockall _ -> new Asked(0, 0, 0, VmFlags.LOCK_BITS, 0, 0);
            case Call.Mseal(_, int addr, int length) -> range(addr, length, VmFlags.SEALED, VmFlags.SEALED, 0);
            case Call.Exit _, Call.Execve _ -> new Asked(0, 0, 0, ALL, 0, 0);
            case Call.Fork _, Call.Read _, Call.Write _, Call.Reclaim _, Call.SwapIn _ -> nothing();
        };
    }

    /// The destination is new. mremap(dontunmap) unlocks the VMA that it takes pages from: [KnownDrift].
    private static Asked ofMremap(Call.Mremap call, int result) {
        boolean kept = (call.flags() & RemapFlags.DONTUNMAP) != 0;
        int start = result == 0 && (call.flags() & RemapFlags.FIXED) != 0 ? call.newAddr() : result;
        return new Asked(start, start + call.newLength(), ALL, kept ? VmFlags.LOCK_BITS | VmFlags.ACCOUNT : 0, 0, 0);
    }

    private static Asked ofAdvice(int addr, int length, Advice advice) {
        return switch (advice) {
            case NORMAL -> range(addr, length, ADVICE, 0, ADVICE);
            case SEQUENTIAL -> range(addr, length, ADVICE, VmFlags.SEQ_READ, VmFlags.RAND_READ);
            case RANDOM -> range(addr, length, ADVICE, VmFlags.RAND_READ, VmFlags.SEQ_READ);
            case DONTFORK -> range(addr, length, VmFlags.DONTCOPY, VmFlags.DONTCOPY, 0);
            case DOFORK -> range(addr, length, VmFlags.DONTCOPY, 0, VmFlags.DONTCOPY);
            case WIPEONFORK -> range(addr, length, VmFlags.WIPEONFORK, VmFlags.WIPEONFORK, 0);
            case KEEPONFORK -> range(addr, length, VmFlags.WIPEONFORK, 0, VmFlags.WIPEONFORK);
            case DONTDUMP -> range(addr, length, VmFlags.DONTDUMP, VmFlags.DONTDUMP, 0);
            case DODUMP -> range(addr, length, VmFlags.DONTDUMP, 0, VmFlags.DONTDUMP);
            case HUGEPAGE -> range(addr, length, HUGE, VmFlags.HUGEPAGE, VmFlags.NOHUGEPAGE);
            case NOHUGEPAGE -> range(addr, length, HUGE, VmFlags.NOHUGEPAGE, VmFlags.HUGEPAGE);
            // Shared memory ignores this advice.
            case MERGEABLE -> range(addr, length, VmFlags.MERGEABLE, 0, 0);
            case UNMERGEABLE -> range(addr, length, VmFlags.MERGEABLE, 0, VmFlags.MERGEABLE);
            default -> nothing();
        };
    }

    /// Whether a page lies in the range.
    boolean covers(int page) {
        return start <= page && page < end;
    }
}
