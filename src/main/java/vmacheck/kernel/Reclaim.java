package vmacheck.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.model.Avc;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.Stranded;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;

/// Taking pages away under memory pressure: through the reverse map, as far as it finds the mappings
/// (`try_to_unmap`, `shrink_folio_list`).
///
/// A folio that is swapped out stays in the swap cache, with its mapping and index, until memory is scarce: writing it
/// takes its time, and nobody waits (`shrink_folio_list` keeps what is under writeback). MADV_PAGEOUT leaves it there,
/// unless there is nothing to write: it is in its slot already, or all zeros (6.12). The event `env: reclaim` is that
/// scarcity, after which the folio is gone.
final class Reclaim {
    private final Draft draft;
    private final Pages pages;
    private final boolean scarce;

    /// @param scarce whether memory is so scarce that what is swapped out leaves the swap cache, too
    Reclaim(Draft draft, Pages pages, boolean scarce) {
        this.draft = draft;
        this.pages = pages;
        this.scarce = scarce;
    }

    private record Place(int process, int page) {}

    /// Reclaims what a process maps at a page, if that is a folio.
    void page(Space space, int page) {
        if (space.pte(page) instanceof Pte.Present present) {
            folio(present.folio());
        }
    }

    void folio(int id) {
        Folio folio = draft.folio(id);
        if (folio.stranded() != Stranded.NO) {
            if (!scarce) {
                // Under pressure nobody looks at it, but advice takes it off its list and puts it back.
                pages.put(folio.withStranded(Stranded.UNTIL_MUNLOCK));
            }
            return;
        }
        if (!folio.anonymous()) {
            if (!pages.mlocks.isLocked(id)) {
                unmapEverywhere(id);
            }
            return;
        }
        List<Place> found = walk(folio);
        if (found.isEmpty() || isLockedAnywhere(found)) {
            return;
        }
        if (!folio.lazyFree().given()) {
            swapOut(folio, found);
        } else if (isCleanIn(folio, found)) {
            drop(found);
        } else {
            pages.put(folio.withLazyFree(folio.lazyFree().kept()));
        }
    }

    /// Whether a folio that an unlocked VMA maps is on no list that reclaim looks at (`PG_unevictable`).
    boolean isUnevictable(Folio folio) {
        return folio.stranded() != Stranded.NO || folio.mapcount() > 1 && pages.mlocks.isLocked(folio.id());
    }

    /// Someone who writes to what was given up keeps it: reclaim finds out, and leaves it for this time.
    private static boolean isCleanIn(Folio folio, List<Place> places) {
        for (Place place : places) {
            if (!folio.lazyFree().isClean(place.process())) {
                return false;
            }
        }
        return true;
    }

    /// Every mapping that the reverse map leads to (`rmap_walk_anon`).
    private List<Place> walk(Folio folio) {
        List<Place> found = new ArrayList<>(2);
        for (Avc link : draft.anonVma(folio.mapping()).tree()) {
            Vma vma = draft.vma(link.process(), link.vma());
            if (vma == null || folio.index() < link.first() || folio.index() > link.last()) {
                continue;
            }
            int page = vma.start() + (folio.index() - vma.pgoff());
            if (vma.covers(page) && maps(link.process(), page, folio.id())) {
                found.add(new Place(link.process(), page));
            }
        }
        return found;
    }

    private boolean maps(int process, int page, int folio) {
        return draft.space(process).pte(page) instanceof Pte.Present present && present.folio() == folio;
    }

    private boolean isLockedAnywhere(List<Place> places) {
        for (Place place : places) {
            Vma vma = draft.space(place.process()).covering(place.page());
            if (vma != null && Vmas.isLocked(vma)) {
                return true;
            }
        }
        return false;
    }

    private void drop(List<Place> places) {
        for (Place place : places) {
            Space space = draft.space(place.process());
            if (space.pte(place.page()) instanceof Pte.Present present) {
                space.setPte(place.page(), null);
                pages.unmapOnce(draft.folio(present.folio()));
            }
        }
    }

    private void swapOut(Folio folio, List<Place> places) {
        SwapSlot known = folio.swapSlot() == Vma.NONE ? null : draft.slots.get(folio.swapSlot());
        int id = known == null ? draft.slots.size() : known.id();
        int count = (known == null ? 0 : known.count()) + places.size();
        for (Place place : places) {
            draft.space(place.process()).setPte(place.page(), new Pte.Swap(id, folio.exclusive()));
        }
        int left = folio.mapcount() - places.size();
        boolean gone = left <= 0 && (scarce || !mustWrite(folio, known));
        draft.slots.set(id, new SwapSlot(id, count, folio.content(), gone ? Vma.NONE : folio.id()));
        draft.folios.set(
                folio.id(),
                gone ? null : folio.withMapcount(left).withSwapSlot(id).withExclusive(false));
    }

    /// Whether the folio differs from what its slot holds.
    private boolean mustWrite(Folio folio, @Nullable SwapSlot known) {
        boolean skipped = folio.content() == 0 && draft.rules.get(Decisions.ZEROS_SKIP_SWAP);
        return !skipped && (known == null || known.content() != folio.content());
    }

    /// Empties every entry that maps a page cache folio; its content stays in the file.
    void unmapEverywhere(int folio) {
        List<Place> found = new ArrayList<>(2);
        for (int process = 0; process < draft.processCount(); process++) {
            if (draft.isAlive(process)) {
                for (int page = 0; page < draft.arenaPages(); page++) {
                    if (maps(process, page, folio)) {
                        found.add(new Place(process, page));
                    }
                }
            }
        }
        drop(found);
    }
}
