package vmacheck.model;

/// Why a folio is mlocked though no VMA that maps it is locked.
public enum Stranded {
    NO,
    /// A VMA lost VM_LOCKED without a munlock: `mlock_count` is one too many, and no munlock ends it.
    FOR_GOOD,
    /// Reclaim has put it back among the unevictable folios since, which sets `mlock_count` to 0 (`lru_add`): the next
    /// munlock ends it.
    UNTIL_MUNLOCK
}
