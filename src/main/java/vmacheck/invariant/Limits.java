package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// No successful call commits more than may be committed, and mlock fails for its limit only if it would exceed it.
final class Limits implements Invariant {
    @Override
    public String name() {
        return "limits";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        if (!step.before().setup().limitsPages()) {
            return null;
        }
        int process = step.call().process();
        int limit = step.before().setup().commitLimit();
        int committed = step.after().committed();
        if (committed > limit && committed > step.before().committed()) {
            String message =
                    CallText.print(step.call()) + " commits " + committed + " pages, and the limit is " + limit;
            return Violation.of(this, process, message);
        }
        return switch (step.call()) {
            case Call.Mlock(_, int addr, int length) -> lock(step, addr, addr + length);
            case Call.Mlock2(_, int addr, int length, _) -> lock(step, addr, addr + length);
            default -> null;
        };
    }

    private @Nullable Violation lock(Step step, int start, int end) {
        boolean refused = step.result() instanceof Result.Failure(Errno errno) && errno == Errno.ENOMEM;
        if (!refused || step.before() != step.after()) {
            return null;
        }
        AddressSpace space = Objects.requireNonNull(
                        step.before().processes().get(step.call().process()))
                .space();
        // Two splits are the most that mlock needs.
        if (space.mapCount() + 2 > step.before().setup().maxMapCount() || !isLockable(space, start, end)) {
            return null;
        }
        int locked = KnownDrift.pages(space, VmFlags.LOCKED, start, end);
        int wanted = space.lockedVm() + (end - start) - locked;
        if (wanted > step.before().setup().memlock()) {
            return null;
        }
        String message = CallText.print(step.call()) + " fails, and with it " + wanted + " pages would be locked of "
                + step.before().setup().memlock() + " that may be";
        return Violation.of(this, step.call().process(), message, start);
    }

    /// Whether a range has neither holes nor pages that cannot be brought in.
    private static boolean isLockable(AddressSpace space, int start, int end) {
        for (int page = start; page < end; page++) {
            Vma vma = space.vmaAt(page);
            if (vma == null
                    || !vma.isAnonymous()
                    || !vma.has(VmFlags.ACCESS)
                    || space.pages().get(page) instanceof Pte.Guard) {
                return false;
            }
        }
        return true;
    }
}
