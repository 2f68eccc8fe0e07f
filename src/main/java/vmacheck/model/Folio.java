package vmacheck.model;

/// A page of memory: anonymous (its mapping is an anon_vma) or in the page cache (its mapping is an inode).
///
/// @param anonymous whether `mapping` is an anon_vma id or an inode id
/// @param index     linear index of the page in its mapping
/// @param mapcount  number of page table entries that map it
/// @param exclusive the anon-exclusive bit (5.19)
/// @param content   the token last written to it, 0 for zeros
/// @param swapSlot  its slot while it is in the swap cache, or [Vma#NONE]
/// @param lazyFree  marked by MADV_FREE and not written since: reclaim drops it instead of swapping it out
public record Folio(
        int id,
        boolean anonymous,
        int mapping,
        int index,
        int mapcount,
        boolean exclusive,
        int content,
        int swapSlot,
        boolean lazyFree) {

    public Folio withMapcount(int newMapcount) {
        return new Folio(id, anonymous, mapping, index, newMapcount, exclusive, content, swapSlot, lazyFree);
    }

    public Folio withExclusive(boolean newExclusive) {
        return new Folio(id, anonymous, mapping, index, mapcount, newExclusive, content, swapSlot, lazyFree);
    }

    public Folio withContent(int newContent) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, newContent, swapSlot, false);
    }

    public Folio withMapping(int newMapping, int newIndex) {
        return new Folio(id, anonymous, newMapping, newIndex, mapcount, exclusive, content, swapSlot, lazyFree);
    }

    public Folio withSwapSlot(int newSlot) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, content, newSlot, lazyFree);
    }

    public Folio withLazyFree(boolean newLazyFree) {
        return new Folio(id, anonymous, mapping, index, mapcount, exclusive, content, swapSlot, newLazyFree);
    }
}
