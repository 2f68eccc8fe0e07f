package vmacheck.rules;

/// A walk over several VMAs that does not notice how far a merge has reached.
public enum StaleWalk {
    NONE,
    /// Takes what the merge has swallowed for a hole if one more VMA follows in the range.
    MPROTECT,
    /// Takes what the merge has swallowed for a hole if one more VMA follows in the range.
    MLOCK,
    /// Begins the next piece in the middle of the VMA before.
    MSEAL
}
