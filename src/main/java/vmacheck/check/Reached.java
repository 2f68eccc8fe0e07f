package vmacheck.check;

import java.util.Locale;

/// Deep states worth counting: a search that never sees one of these says nothing about it.
public enum Reached {
    TWO_PROCESSES,
    THREE_PROCESSES,
    FOUR_PROCESSES,
    FIVE_PROCESSES,
    /// A fork by a process that was forked by a forked process.
    FORK_OF_GRANDCHILD,
    /// An exit of a process that lives between its parent and its child.
    EXIT_IN_THE_MIDDLE,
    ANON_VMA_MADE,
    /// A first fault that takes over a neighbour's anon_vma.
    ANON_VMA_BORROWED,
    ANON_VMA_REUSED_AT_FORK,
    ANON_VMA_FREED,
    /// An unfaulted VMA that got its anon_vma in a merge.
    FAULTED_BY_MERGE,
    FOLIO_COPIED_ON_WRITE,
    /// A write that takes over a folio that others mapped once.
    FOLIO_REUSED,
    FOLIO_SWAPPED_OUT,
    SHARED_FOLIO_SWAPPED_OUT,
    SWAPPED_IN,
    SHARED_SLOT_SWAPPED_IN,
    SWAP_ENTRY_FORKED,
    SWAP_ENTRY_MOVED,
    MOVED_HOME,
    MOVED_SEVERAL_VMAS,
    MOVED_FORK_CHILD,
    MERGED_SWAPPED_PAGES,
    LIMIT_OF_VMAS_REACHED,
    PARTIAL_CHANGE_ON_FAILURE;

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
