package vmacheck.rules;

import vmacheck.model.Vma;

/// Does the seal of a VMA forbid what a call is about to do to it?
@FunctionalInterface
public interface SealTest {
    /// What can be forbidden.
    enum Deed {
        /// By munmap, or by mmap, mremap or brk over it.
        UNMAP,
        /// mremap of it, whatever that does.
        REMAP,
        /// mprotect.
        PROTECT,
        /// An advice that gives contents up: dontneed, dontneed_locked, free, remove, dontfork, wipeonfork and
        /// guard_install.
        DISCARD
    }

    boolean forbids(Deed deed, Vma sealed);
}
