package vmacheck.rules;

/// What mremap(dontunmap) does to the locks of the memory that it empties, and to their count.
public enum DontUnmapLocks {
    /// The whole VMA is unlocked, whatever part of it moved, and the count stays as it was.
    KEEP_COUNT,
    /// The whole VMA is unlocked, and the copy is counted in addition.
    ADD_COPY,
    /// What moves is split off first: it alone is unlocked, and the copy takes its place in the count.
    SPLIT
}
