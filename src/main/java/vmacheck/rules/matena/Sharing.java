package vmacheck.rules.matena;

import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;
import vmacheck.rules.View;

/// What the series looks at to see whether another process has a part in some memory.
final class Sharing {
    private Sharing() {}

    /// Whether the VMAs with this anon_vma came out of a fork: it is no root.
    static boolean hasParent(View view, int anonVma) {
        return !view.anonVma(anonVma).isRoot();
    }

    /// Whether a VMA is linked to this anon_vma that has another one of its own (`rbt_no_children`).
    static boolean hasChildren(View view, int id) {
        AnonVma anonVma = view.anonVma(id);
        for (Avc link : anonVma.tree()) {
            Vma vma = view.vma(link.process(), link.vma());
            if (vma == null || vma.anonVma() != id) {
                return true;
            }
        }
        return false;
    }

    /// Whether a page in the range is mapped or named elsewhere too: the evidence of the second patch as meant.
    static boolean sharesPages(View view, int process, int start, int end) {
        for (int page = start; page < end; page++) {
            boolean shared = switch (view.pte(process, page)) {
                case Pte.Present present -> users(view, view.folio(present.folio())) > 1;
                case Pte.Swap swap -> users(view, view.slot(swap.slot())) > 1;
                case null, default -> false;
            };
            if (shared) {
                return true;
            }
        }
        return false;
    }

    /// The same as posted last (`is_shared_pte`): a swap entry whose page is in the swap cache always counts as shared,
    /// because `swap_map` holds that as a bit of its own.
    static boolean sharesPagesOrCaches(View view, int process, int start, int end) {
        for (int page = start; page < end; page++) {
            if (view.pte(process, page) instanceof Pte.Swap swap
                    && view.slot(swap.slot()).cached() != Vma.NONE) {
                return true;
            }
        }
        return sharesPages(view, process, start, end);
    }

    /// The same as posted first (`update_faulted_pgoff`): swapped pages are not looked at.
    static boolean mapsSharedPages(View view, int process, int start, int end) {
        for (int page = start; page < end; page++) {
            if (view.pte(process, page) instanceof Pte.Present present
                    && view.folio(present.folio()).mapcount() > 1) {
                return true;
            }
        }
        return false;
    }

    /// `page_mapcount` and `page_swapcount`.
    private static int users(View view, Folio folio) {
        return folio.mapcount()
                + (folio.swapSlot() == Vma.NONE
                        ? 0
                        : view.slot(folio.swapSlot()).count());
    }

    private static int users(View view, SwapSlot slot) {
        return slot.count()
                + (slot.cached() == Vma.NONE ? 0 : view.folio(slot.cached()).mapcount());
    }
}
