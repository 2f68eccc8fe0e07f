package vmacheck.model;

/// What MADV_FREE has made of a folio.
///
/// @param given whether someone gave it up (it is no longer `PG_swapbacked`)
/// @param dirty `PG_dirty`: the folio itself is known to differ from what is in swap
/// @param clean processes whose entry is clean since, one bit each
public record LazyFree(boolean given, boolean dirty, long clean) {
    /// An ordinary folio: reclaim swaps it out.
    public static final LazyFree NO = new LazyFree(false, false, 0);
    /// An ordinary folio that is dirty itself.
    public static final LazyFree KEPT = new LazyFree(false, true, 0);

    /// What it is after a process has given it up, and only that process.
    public LazyFree by(int process) {
        return new LazyFree(true, false, (given ? clean : 0) | bit(process));
    }

    /// What it is after a process has written.
    public LazyFree writtenBy(int process) {
        return isClean(process) ? new LazyFree(given, dirty, clean & ~bit(process)) : this;
    }

    /// What it is when a child has an entry like its parent's.
    public LazyFree inherited(int parent, int child) {
        return isClean(parent) ? new LazyFree(given, dirty, clean | bit(child)) : this;
    }

    /// Whether reclaim may drop it for all that this process knows.
    public boolean isClean(int process) {
        return given && !dirty && (clean & bit(process)) != 0;
    }

    /// The model does not tell apart more processes than a word has bits; those beyond never have clean entries.
    private static long bit(int process) {
        return process < Long.SIZE ? 1L << process : 0;
    }
}
