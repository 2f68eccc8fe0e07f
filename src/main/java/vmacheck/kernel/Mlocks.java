package vmacheck.kernel;

import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.Stranded;
import vmacheck.model.Vma;

/// Folios that stay mlocked when no VMA locks them any more (`mm/mlock.c`).
final class Mlocks {
    private final Draft draft;

    Mlocks(Draft draft) {
        this.draft = draft;
    }

    /// Leaves the folios in a range mlocked when their VMA has lost VM_LOCKED without a munlock.
    void strand(Space space, int start, int end) {
        for (int page = start; page < end; page++) {
            if (space.pte(page) instanceof Pte.Present present) {
                put(draft.folio(present.folio()).withStranded(Stranded.FOR_GOOD));
            }
        }
    }

    /// `__munlock_folio`, for what a VMA maps that is no longer locked.
    void munlock(Space space, int start, int end) {
        for (int page = start; page < end; page++) {
            if (space.pte(page) instanceof Pte.Present present) {
                munlock(draft.folio(present.folio()));
            }
        }
    }

    /// `__munlock_folio`, after the VMA that maps it was unlocked, or it was unmapped there.
    void munlock(Folio folio) {
        if (folio.stranded() == Stranded.UNTIL_MUNLOCK && !isLocked(folio.id())) {
            put(folio.withStranded(Stranded.NO));
        }
    }

    private void put(Folio folio) {
        draft.folios.set(folio.id(), folio);
    }

    /// Whether a locked VMA maps a folio, also one that the reverse map does not lead to.
    boolean isLocked(int folio) {
        for (int process = 0; process < draft.processCount(); process++) {
            if (draft.isAlive(process) && isLocked(draft.space(process), folio)) {
                return true;
            }
        }
        return false;
    }

    private boolean isLocked(Space space, int folio) {
        for (int page = 0; page < draft.arenaPages(); page++) {
            if (space.pte(page) instanceof Pte.Present present && present.folio() == folio) {
                Vma vma = space.covering(page);
                if (vma != null && Vmas.isLocked(vma)) {
                    return true;
                }
            }
        }
        return false;
    }
}
