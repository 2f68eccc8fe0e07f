package vmacheck.rules;

/// Which folios are tied to the survivor's anon_vma when VMAs with different ones merge. Each answer takes in those
/// before it.
public enum Repoint {
    NONE,
    /// Those of a VMA that the merge removes.
    REMOVED_VMA,
    /// Those of a part of a VMA that goes to its neighbour, too.
    CHANGED_RANGE,
    /// Those that mremap moves and gives another offset, too.
    REINDEXED,
    /// All that mremap moves, too.
    MOVED;

    public boolean takesIn(Repoint other) {
        return compareTo(other) >= 0;
    }
}
