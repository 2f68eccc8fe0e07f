package vmacheck.cli;

/// Something that the user can put right. Its message is one line: where, what, and what would be right.
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1;

    Usage(String message) {
        super(message, null, false, false);
    }
}
