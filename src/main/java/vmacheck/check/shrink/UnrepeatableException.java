package vmacheck.check.shrink;

/// A history that fails when it is run, and not when it is run again: something in it does not depend on the history
/// alone.
public final class UnrepeatableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnrepeatableException(String invariant) {
        super("the history does not violate " + invariant + " first of all");
    }
}
