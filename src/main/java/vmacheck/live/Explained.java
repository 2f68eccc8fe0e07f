package vmacheck.live;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Differences that are no fault of the model, each with its reason. They are counted and reported.
///
/// A rule here applies to what a kernel does now and then: the same history is run again [Conform#RERUNS] times, and
/// the difference may show in [#mostAgain] of these runs at most. What a kernel does each time is what it does, unless
/// it follows from something that outlives a history. Whatever else differs in these runs is looked at like any other
/// difference.
public enum Explained {
    /// MADV_PAGEOUT takes pages off their LRU list one by one (`folio_isolate_lru`) and writes them to swap without
    /// waiting. A page that someone else has just taken, or that is still being written from the last time
    /// (`shrink_folio_list` sees `PG_writeback`), is left where it is.
    ///
    /// Example: in `mmap(0, 1, rw, private|anonymous|fixed)`, `write(0)`, `madvise(0, 1, pageout)`, `write(0)`,
    /// `madvise(0, 1, pageout)` the last call leaves the page present if the disk was slow.
    PAGEOUT_LEFT_A_PAGE("MADV_PAGEOUT left a page that was busy at that moment", 1),

    /// A page that MADV_PAGEOUT swaps out is in the swap cache until it is written, and longer, but not if the disk is
    /// so fast, or this computer so slow, that it is written before `shrink_folio_list` looks: then it leaves at once
    /// (`__remove_mapping`). What is read in again is a new folio, tied to the anon_vma of the VMA that faults or to its
    /// root, and not to the one that it had.
    ///
    /// Example: in `mmap(0, 1, rw, private|anonymous|fixed)`, `write(0)`, `fork()`, `write(0)` and in the child
    /// `madvise(0, 1, pageout)` and `write(0)` the page of the child is tied to the child's anon_vma if the disk was
    /// fast, else to the parent's.
    PAGEOUT_WROTE_AT_ONCE("a page left the swap cache as it was written at once", Conform.RERUNS - 1),

    /// A page read from swap belongs to its process alone if nothing else holds a reference to it. The batch in which
    /// it waits for its LRU list does, unless `swap_cluster_readahead` has read other pages with it, for then it empties
    /// the batch. How many it reads depends on what all programs found useful before (`swapin_nr_pages`). A write
    /// empties the batch anyhow; only a load in locked memory, which takes the page out of the swap cache, shows it.
    ///
    /// Example: in `mmap(0, 1, rw, private|anonymous|populate)`, `fork()`, in the child `write(0)` and in the parent
    /// `madvise(0, 1, pageout)`, `mlock2(0, 1, onfault)`, `read(0)` the page is exclusive only after readahead.
    READ_ALONE_FROM_SWAP("a page read from swap without others was held by a batch", Conform.RERUNS);

    private final String reason;
    private final int mostAgain;

    Explained(String reason, int mostAgain) {
        this.reason = reason;
        this.mostAgain = mostAgain;
    }

    /// In how many of the runs that follow such a difference may show again.
    int mostAgain() {
        return mostAgain;
    }

    public String reason() {
        return reason;
    }

    /// The rule that may explain a difference, or null.
    static @Nullable Explained of(Difference difference, Step model, Observed.Step kernel) {
        return switch (difference.what()) {
            case PAGE -> pageOut(difference, model, kernel);
            case MAPPING, EXCLUSIVE -> swapIn(difference, model);
            default -> null;
        };
    }

    private static @Nullable Explained swapIn(Difference difference, Step model) {
        Process before = model.before().live(difference.process());
        Process after = model.after().live(difference.process());
        if (before == null
                || after == null
                || !(before.space().pages().get(difference.page()) instanceof Pte.Swap(int id, boolean mine))
                || !(after.space().pages().get(difference.page()) instanceof Pte.Present(int folio, boolean _))) {
            return null;
        }
        Vma vma = after.space().vmaAt(difference.page());
        SwapSlot slot = model.before().slots().get(id);
        if (slot != null && slot.cached() != Vma.NONE) {
            boolean isMapped = model.before().folio(slot.cached()).mapcount() > 0;
            boolean isNew = vma != null && isOfNewFolio(difference.kernel(), model.after(), vma);
            return difference.what() == Difference.What.MAPPING && !isMapped && isNew ? PAGEOUT_WROTE_AT_ONCE : null;
        }
        boolean isLocked = vma != null && vma.has(VmFlags.LOCKED);
        boolean isRead = !(difference.call() instanceof Call.Write);
        return isLocked && isRead && !mine && model.after().folio(folio).exclusive() ? READ_ALONE_FROM_SWAP : null;
    }

    /// Whether a folio that a VMA reads from swap can have this mapping.
    private static boolean isOfNewFolio(String mapping, Machine machine, Vma vma) {
        return vma.isFaulted()
                && (mapping.equals("A" + vma.anonVma())
                        || mapping.equals("A" + machine.anonVma(vma.anonVma()).root()));
    }

    private static @Nullable Explained pageOut(Difference difference, Step model, Observed.Step kernel) {
        if (!(difference.call() instanceof Call.Madvise(int _, int addr, int length, Advice advice))
                || advice != Advice.PAGEOUT) {
            return null;
        }
        // The page may be seen in another process too, but it was in the range of the one that advised.
        Process advising = model.before().live(difference.call().process());
        Observed.Process seen = kernel.process(difference.process());
        if (advising == null || seen == null || seen.pages() == null) {
            return null;
        }
        boolean wasThere = advising.space().pages().get(difference.page()) instanceof Pte.Present
                && addr <= difference.page()
                && difference.page() < addr + length;
        boolean isGone = !(model.after().processes().get(difference.process()) instanceof Process process
                && process.space().pages().get(difference.page()) instanceof Pte.Present);
        boolean isStillThere = seen.pages().stream()
                .anyMatch(page -> page.page() == difference.page() && page.state() == Observed.State.PRESENT);
        return wasThere && isGone && isStillThere ? PAGEOUT_LEFT_A_PAGE : null;
    }
}
