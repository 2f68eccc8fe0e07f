package vmacheck.model;

/// What MADV_FREE has made of a folio (`PG_swapbacked` and the dirty bits of the entries that map it).
public enum LazyFree {
    /// An ordinary folio: reclaim swaps it out.
    NO,
    /// Given up, and not written since: reclaim drops it.
    CLEAN,
    /// Given up, and written since: reclaim finds that out, leaves it, and makes it an ordinary folio again.
    DIRTY
}
