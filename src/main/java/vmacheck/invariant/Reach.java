package vmacheck.invariant;

import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.Vma;

/// Which pages a call may give other contents.
final class Reach {
    private Reach() {}

    /// Whether the contents of a page of the calling process may change in a step.
    static boolean includes(Step step, int page) {
        return switch (step.call()) {
            case Call.Mmap(_, int addr, int length, _, _, _, _) ->
                within(page, step.result() instanceof Result.Value(int start) ? start : addr, length);
            case Call.Munmap(_, int addr, int length) -> within(page, addr, length);
            case Call.Madvise(_, int addr, int length, _) -> within(page, addr, length);
            case Call.Mremap(_, int addr, int oldLength, int newLength, _, int newAddr) ->
                within(page, addr, oldLength)
                        || within(page, newAddr, newLength)
                        || (step.result() instanceof Result.Value(int start) && within(page, start, newLength));
            case Call.Brk(int process, int addr) -> {
                var before = step.before().live(process);
                int brk = before == null ? Vma.NONE : before.space().brk();
                yield within(page, Math.min(brk, addr), Math.abs(brk - addr));
            }
            case Call.Write(_, int written) -> page == written;
            case Call.Exit _, Call.Execve _ -> true;
            case Call.Mprotect _,
                    Call.Mlock _,
                    Call.Mlock2 _,
                    Call.Munlock _,
                    Call.Mlockall _,
                    Call.Munlockall _,
                    Call.Mseal _,
                    Call.Fork _,
                    Call.Read _,
                    Call.Reclaim _,
                    Call.SwapIn _ -> false;
        };
    }

    private static boolean within(int page, int start, int length) {
        return start <= page && page < start + length;
    }
}
