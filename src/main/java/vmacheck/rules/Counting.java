package vmacheck.rules;

/// Which changes of memory a counter follows.
@FunctionalInterface
public interface Counting {
    /// What a kernel counts in pages.
    enum Counter {
        /// `total_vm`: VmSize.
        TOTAL,
        /// `data_vm`: VmData, for memory that is private and writable.
        DATA,
        /// `locked_vm`: VmLck, for memory with VM_LOCKED.
        LOCKED,
        /// `vm_committed_as`, for memory with VM_ACCOUNT.
        COMMITTED
    }

    /// On what occasion memory comes, goes, or changes its flags.
    enum Occasion {
        MMAP,
        BRK,
        /// Also what mmap, mremap and exit unmap.
        MUNMAP,
        /// A growth or a copy.
        MREMAP,
        MPROTECT,
        /// All calls of the mlock family.
        MLOCK,
        /// For TOTAL and DATA, that what is not inherited is taken off again.
        FORK
    }

    Counting ALL = (_, _, _) -> true;

    /// @param flags of the memory, [vmacheck.model.VmFlags]
    boolean counts(Counter counter, Occasion occasion, long flags);
}
