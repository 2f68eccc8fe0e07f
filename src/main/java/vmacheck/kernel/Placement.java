package vmacheck.kernel;

import vmacheck.model.Vma;
import vmacheck.rules.Decisions;

/// Choosing an address (`get_unmapped_area`, `vm_unmapped_area`). The arena is the whole address space.
final class Placement {
    private Placement() {}

    /// The hint if it is free, else the highest or lowest free range, or [Vma#NONE] if there is none.
    ///
    /// @param hint a page, or [Vma#NONE]
    static int choose(Space space, Draft draft, int hint, int length) {
        int arenaPages = draft.arenaPages();
        if (length > arenaPages) {
            return Vma.NONE;
        }
        if (hint != Vma.NONE && hint + length <= arenaPages && space.isFree(hint, hint + length)) {
            return hint;
        }
        return draft.rules.get(Decisions.PLACES_FROM_TOP)
                ? highest(space, arenaPages, length)
                : lowest(space, arenaPages, length);
    }

    private static int lowest(Space space, int arenaPages, int length) {
        int gapStart = 0;
        for (int i = 0; i < space.count(); i++) {
            if (space.at(i).start() - gapStart >= length) {
                return gapStart;
            }
            gapStart = space.at(i).end();
        }
        return arenaPages - gapStart >= length ? gapStart : Vma.NONE;
    }

    private static int highest(Space space, int arenaPages, int length) {
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
