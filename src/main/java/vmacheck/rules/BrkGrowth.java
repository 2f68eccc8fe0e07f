package vmacheck.rules;

/// Which VMA grows when the break moves up.
public enum BrkGrowth {
    /// One that ends at the break and may merge with the new memory.
    MERGE,
    /// The last one of the heap, if its flags are those of a heap.
    EQUAL_FLAGS
}
