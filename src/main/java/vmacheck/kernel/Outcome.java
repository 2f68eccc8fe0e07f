package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.call.Result;

/// Short ways to say how a call ended.
final class Outcome {
    private Outcome() {}

    static Result failure(Errno errno) {
        return new Result.Failure(errno);
    }

    static Result success() {
        return Result.ZERO;
    }

    /// Success if there is no error.
    static Result of(@Nullable Errno error) {
        return error == null ? success() : failure(error);
    }
}
