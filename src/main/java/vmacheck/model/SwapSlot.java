package vmacheck.model;

/// A slot of the swap area.
///
/// @param count   number of swap entries in page tables that name it
/// @param content the token it stores
/// @param cached  id of its folio in the swap cache, or [Vma#NONE]
public record SwapSlot(int id, int count, int content, int cached) {
    public SwapSlot withCount(int newCount) {
        return new SwapSlot(id, newCount, content, cached);
    }

    public SwapSlot withCached(int folio) {
        return new SwapSlot(id, count, content, folio);
    }
}
