package vmacheck.model;

/// A page of memory: anonymous (its mapping is an anon_vma) or in the page cache (its mapping is an inode).
///
/// @param anonymous whether `mapping` is an anon_vma id or an inode id
/// @param index     linear index of the page in its mapping
/// @param mapcount  number of page table entries that map it
/// @param exclusive the anon-exclusive bit (5.19)
/// @param content   the token last written to it, 0 for zeros
/// @param swapSlot  its slot while it is in the swap cache, or [Vma#NONE]
/// @param lazyFree  what MADV_FREE has made of it
/// @param stranded  whether it is mlocked though no VM_LOCKED VMA maps it. It is never reclaimed then
public record Folio(
        int id,
        boolean anonymous,
        int mapping,
        int index,
        int mapcount,
        boolean exclusive,
        int content,
        int swapSlot,
        LazyFree lazyFree,
        Stranded stranded) {

    public Folio withMapcount(int newMapcount) {
        return new Folio(id, anonymous, mapping, index, newMapcount, exclusive, content, swapSlot, lazyFree, stranded);
    }

    public Folio withExclusive(boolean newExclusive) {
        return new Folio(id, anonymous, mapping, index, mapcount, newExclusive, content, swapSlot, lazyFree, stranded);
    }

    public Folio withContent(int newContent) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, newContent, swapSlot, lazyFree, stranded);
    }

    public Folio withMapping(int newMapping, int newIndex) {
        return new Folio(
                id, anonymous, newMapping, newIndex, mapcount, exclusive, content, swapSlot, lazyFree, stranded);
    }

    public Folio withSwapSlot(int newSlot) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, content, newSlot, lazyFree, stranded);
    }

    public Folio withLazyFree(LazyFree newLazyFree) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, content, swapSlot, newLazyFree, stranded);
    }

    public Folio withStranded(Stranded newStranded) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, content, swapSlot, lazyFree, newStranded);
    }
}
