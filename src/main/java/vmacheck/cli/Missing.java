package vmacheck.cli;

/// Something that a command needs is not there. The message says what to do about it.
final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(String message) {
        super(message, null, false, false);
    }
}
