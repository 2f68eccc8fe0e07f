package vmacheck.rules;

/// When mremap makes sure that the limit of VMAs leaves room for what it may have to split.
public enum LimitCheck {
    /// Nowhere, and a destination that cannot be unmapped is overwritten.
    NEVER,
    /// When the source moves, with the destination unmapped already.
    IN_THE_MOVE,
    /// Also before the destination of a placed move is unmapped.
    PLACED,
    /// Before anything else, whatever mremap is asked to do.
    ALWAYS
}
