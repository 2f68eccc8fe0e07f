package vmacheck.model;

/// One virtual memory area: the half-open page range `[start, end)` with its attributes.
///
/// @param id      identity of the kernel's `struct vm_area_struct`, unique in the machine's life
/// @param flags   bits of [VmFlags]
/// @param pgoff   page index of `start`: file page, or virtual index relative to the arena for anonymous memory
/// @param anonVma id of the anon_vma that new pages go to, or [#NONE] while the VMA is unfaulted
/// @param chain   every anon_vma that this VMA must be found from
/// @param file    id of the open file description, or [#NONE]
/// @param policy  NUMA policy, compared by value, or [#NONE]; no call sets it yet
/// @param uffd    userfaultfd context, or [#NONE]; no call sets it yet
/// @param name    anonymous VMA name, or empty; no call sets it yet
public record Vma(
        int id,
        int start,
        int end,
        long flags,
        int pgoff,
        int anonVma,
        Chain chain,
        int file,
        int policy,
        int uffd,
        String name) {
    public static final int NONE = -1;

    public int pages() {
        return end - start;
    }

    public boolean covers(int page) {
        return start <= page && page < end;
    }

    public boolean has(long flag) {
        return (flags & flag) != 0;
    }

    /// True iff this VMA has an anon_vma, which does not mean that it has pages.
    public boolean isFaulted() {
        return anonVma != NONE;
    }

    /// True iff the VMA has an anon_vma and more (or fewer) links than one (`vma_is_fork_child`, 6.16).
    public boolean isForkChild() {
        return anonVma != NONE && !chain.isSingular();
    }

    /// `vma_is_anonymous`: private memory without a file. Shared anonymous memory has a (shmem) file.
    public boolean isAnonymous() {
        return file == NONE;
    }

    /// `is_cow_mapping`: private and possibly writable.
    public boolean isPrivate() {
        return (flags & VmFlags.MAYSHARE) == 0;
    }

    /// `linear_page_index`: the index of `page` in the object that this VMA maps.
    public int indexOf(int page) {
        return pgoff + (page - start);
    }

    public Vma withRange(int newStart, int newEnd, int newPgoff) {
        return new Vma(id, newStart, newEnd, flags, newPgoff, anonVma, chain, file, policy, uffd, name);
    }

    public Vma withFlags(long newFlags) {
        return newFlags == flags
                ? this
                : new Vma(id, start, end, newFlags, pgoff, anonVma, chain, file, policy, uffd, name);
    }

    public Vma withAnonVma(int newAnonVma, Chain newChain) {
        return new Vma(id, start, end, flags, pgoff, newAnonVma, newChain, file, policy, uffd, name);
    }

    public Vma withId(int newId) {
        return new Vma(newId, start, end, flags, pgoff, anonVma, chain, file, policy, uffd, name);
    }
}
