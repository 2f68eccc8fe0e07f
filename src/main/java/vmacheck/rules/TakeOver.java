package vmacheck.rules;

/// How an unfaulted survivor of a merge gets the anon_vma and the chain of another VMA (`dup_anon_vma`).
public enum TakeOver {
    /// It names the anon_vma, then it is linked to all of the chain.
    NAMED_AND_LINKED,
    /// It names the anon_vma and is linked to nothing: its own chain, still empty, was cloned instead.
    NAMED_ONLY,
    /// It is linked first, and without an anon_vma of its own that looks like a fork: the user is counted for an
    /// ancestor that may be reused, or for none.
    LINKED_THEN_NAMED
}
