package vmacheck.live;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.kernel.Step;
import vmacheck.model.Process;
import vmacheck.model.Pte;

/// Differences that are no fault of the model, each with its reason. They are counted and reported.
///
/// A rule here only ever applies to what a kernel does now and then: the same history is run again [Conform#RERUNS]
/// times, and the difference may show in [#MOST_AGAIN] of these runs at most. What a kernel does each time is what it
/// does. Whatever else differs in these runs is looked at like any other difference.
public enum Explained {
    /// MADV_PAGEOUT takes pages off their LRU list one by one (`folio_isolate_lru`) and writes them to swap without
    /// waiting. A page that someone else has just taken, or that is still being written from the last time
    /// (`shrink_folio_list` sees `PG_writeback`), is left where it is.
    ///
    /// Example: in `mmap(0, 1, rw, private|anonymous|fixed)`, `write(0)`, `madvise(0, 1, pageout)`, `write(0)`,
    /// `madvise(0, 1, pageout)` the last call leaves the page present if the disk was slow.
    PAGEOUT_LEFT_A_PAGE("MADV_PAGEOUT left a page that was busy at that moment");

    /// In how many of the runs that follow such a difference may show again.
    static final int MOST_AGAIN = 1;

    private final String reason;

    Explained(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    /// The rule that explains a difference that does not come again, or null.
    static @Nullable Explained of(Difference difference, Step model, Observed.Step kernel) {
        if (difference.what() != Difference.What.PAGE
                || !(difference.call() instanceof Call.Madvise(int _, int addr, int length, Advice advice))
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
