package vmacheck.kernel;

import vmacheck.model.Vma;

/// Choosing an address (`get_unmapped_area`, `vm_unmapped_area` from the top down). The arena is the whole address
/// space.
final class Placement {
    private Placement() {}

    /// The hint if it is free, else the highest free range, or [Vma#NONE] if there is none.
    ///
    /// @param hint a page, or [Vma#NONE]
    static int choose(Space space, int arenaPages, int hint, int length) {
        if (length > arenaPages) {
            return Vma.NONE;
        }
        if (hint != Vma.NONE && hint + length <= arenaPages && space.isFree(hint, hint + length)) {
            return hint;
        }
        int gapEnd = arenaPages;
        for (int i = space.count() - 1; i >= 0; i--) {
            if (gapEnd - space.at(i).end() >= length) {
                return gapEnd - length;
            }
            gapEnd = space.at(i).start();
        }
        return gapEnd >= length ? gapEnd - length : Vma.NONE;
    }
}
