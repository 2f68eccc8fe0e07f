package vmacheck.live;

/// There is no live kernel to ask: no compiler, no puppet, no kernel. The message is one line that says what helps.
public final class LiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LiveException(String message) {
        super(message, null, false, false);
    }
}
