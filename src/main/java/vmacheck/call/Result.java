package vmacheck.call;

/// What a call gave back.
public sealed interface Result {
    /// Success: 0, the page number of a mapping or of the break, or the token that a read found.
    record Value(int value) implements Result {}

    /// A fork that made this process.
    record Child(int process) implements Result {}

    record Failure(Errno errno) implements Result {}

    /// An access that the kernel refused with a signal.
    record Fault(Signal signal) implements Result {}

    enum Signal {
        SIGSEGV,
        SIGBUS,
        /// An assertion of the kernel failed in the middle of the call.
        SIGKILL
    }

    Value ZERO = new Value(0);

    /// Whether the call did what it was asked.
    default boolean isSuccess() {
        return this instanceof Value || this instanceof Child;
    }
}
