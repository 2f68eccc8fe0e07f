package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.Result;

/// No call reaches an assertion of the kernel.
final class NoKernelBug implements Invariant {
    @Override
    public String name() {
        return "no-kernel-bug";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        if (!(observation.step().result() instanceof Result.Fault(Result.Signal signal))
                || signal != Result.Signal.SIGKILL) {
            return null;
        }
        Call call = observation.step().call();
        return Violation.of(this, call.process(), CallText.print(call) + " makes an assertion of the kernel fail");
    }
}
