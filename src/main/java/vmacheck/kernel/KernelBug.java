package vmacheck.kernel;

/// An assertion of the kernel fails (`BUG_ON`): the process is killed in the middle of its call.
final class KernelBug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KernelBug(String message) {
        super(message, null, false, false);
    }
}
