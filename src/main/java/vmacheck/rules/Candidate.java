package vmacheck.rules;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Vma;

/// A range with a full set of attributes that asks to be merged with its neighbours (`struct vma_merge_struct`).
///
/// @param anonVma  the anon_vma it brings, or [Vma#NONE]
/// @param source   the VMA that brings it: the one being modified, or the one that mremap copies; null for fresh memory
/// @param existing whether the range lies in `source` (mprotect and the like) or is new (mmap, brk, mremap)
public record Candidate(
        int process,
        int start,
        int end,
        long flags,
        int pgoff,
        int anonVma,
        int file,
        int policy,
        int uffd,
        String name,
        @Nullable Vma source,
        boolean existing) {

    public int pages() {
        return end - start;
    }

    /// The same range with other flags.
    public Candidate withFlags(long newFlags) {
        return new Candidate(process, start, end, newFlags, pgoff, anonVma, file, policy, uffd, name, source, existing);
    }

    /// The same range bringing another anon_vma.
    public Candidate withAnonVma(int id) {
        return new Candidate(process, start, end, flags, pgoff, id, file, policy, uffd, name, source, existing);
    }
}
