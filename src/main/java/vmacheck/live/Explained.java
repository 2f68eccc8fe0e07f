package vmacheck.live;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.kernel.Step;
import vmacheck.model.Process;
import vmacheck.model.Pte;

/// Differences that are no fault of the model, each with its reason. They are counted and reported.
///
/// A rule here only ever applies to a difference that did not come again in [Conform#RERUNS] runs of the same history:
/// what a kernel does each time is what it does. And whatever came of a run that is explained away, the run that takes
/// its place is compared as a whole.
public enum Explained {
    /// MADV_PAGEOUT takes pages off their LRU list one by one (`folio_isolate_lru`). A page that someone else has just
    /// taken, or for which there is no swap slot in time, is left where it is.
    ///
    /// Example: after `mmap(0, 1, rw, private|anonymous|fixed)` and `write(0)`, `madvise(0, 1, pageout)` leaves the
    /// page present in about one of a hundred thousand cases.
    PAGEOUT_LEFT_A_PAGE("MADV_PAGEOUT left a page that was not on its LRU list at that moment");

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
