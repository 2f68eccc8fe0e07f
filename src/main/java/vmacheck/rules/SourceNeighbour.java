package vmacheck.rules;

/// What an unfaulted VMA that mremap copies and keeps is to its copy, where the copy is its neighbour (`copy_vma`).
public enum SourceNeighbour {
    /// A neighbour like any other: source and copy become one VMA.
    JOINS,
    /// No neighbour; the one on the other side may join.
    PASSED_OVER,
    /// Next to it the copy joins nothing.
    NOTHING_JOINS
}
