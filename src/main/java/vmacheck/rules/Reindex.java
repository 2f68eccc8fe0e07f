package vmacheck.rules;

/// Which folios get a new index when mremap changes the page offset of faulted memory.
public enum Reindex {
    NONE,
    /// Every present page of the source VMA, counted from its start, also those that stay behind.
    WHOLE_VMA,
    /// The pages that move.
    MOVED_RANGE
}
