package vmacheck.rules;

/// Which folios are tied to the survivor's anon_vma when VMAs with different ones merge.
public enum Repoint {
    NONE,
    /// Those of a VMA that the merge removes.
    REMOVED_VMA,
    /// Those of every range that changes its VMA.
    CHANGED_RANGE
}
