package vmacheck.rules;

/// Whose anon_vma and chain an unfaulted survivor of a merge takes over (`vma_expand`). If the merge is one of a changed
/// range, each answer but the first says the same: those of the VMA that is removed or shrunk
/// (`vma_merge_existing_range`).
public enum ChainSource {
    /// Nobody's.
    NONE,
    /// Those of the VMA on the right if the merge removes it.
    REMOVED,
    /// Those of the removed VMA, else those of the VMA that mremap copies.
    REMOVED_OR_COPIED
}
