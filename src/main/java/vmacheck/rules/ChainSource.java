package vmacheck.rules;

/// Whose anon_vma and chain an unfaulted survivor takes over when it grows over a new range (`vma_expand`).
public enum ChainSource {
    /// Nobody's.
    NONE,
    /// Those of the VMA on the right if the merge removes it.
    REMOVED,
    /// Those of the removed VMA, else those of the VMA that mremap copies.
    REMOVED_OR_COPIED
}
