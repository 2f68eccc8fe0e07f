package vmacheck.rules;

/// Which VMA grows when the break moves up.
public enum BrkGrowth {
    /// One of the heap that ends at the break and may merge with the new memory.
    MERGE,
    /// One that ends at the break and may merge with the new memory, also what ends where the heap begins.
    MERGE_ANY,
    /// The last one of the heap, if its flags are those of a heap.
    EQUAL_FLAGS
}
