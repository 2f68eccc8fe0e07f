package vmacheck.model;

/// What MADV_FREE has made of a folio.
///
/// @param given whether someone gave it up (it is no longer `PG_swapbacked`)
/// @param dirty `PG_dirty`: the folio itself is known to differ from what is in swap
/// @param clean processes whose entry MADV_FREE made clean and no write made dirty since, one bit each
public record LazyFree(boolean given, boolean dirty, long clean) {
    /// An ordinary folio: reclaim swaps it out.
    public static final LazyFree NO = new LazyFree(false, false, 0);

    /// What it is after a process has given it up; others may still have dirty entries.
    public LazyFree givenBy(int process) {
        return new LazyFree(true, false, clean | bit(process));
    }

    /// What it is after a process wanted to give it up, and only the process's entry could be made clean.
    public LazyFree cleanedBy(int process) {
        return new LazyFree(given, false, clean | bit(process));
    }

    /// An ordinary folio again, and dirty itself.
    public LazyFree kept() {
        return new LazyFree(false, true, clean);
    }

    /// What it is after a process has written.
    public LazyFree writtenBy(int process) {
        return hasClean(process) ? new LazyFree(given, dirty, clean & ~bit(process)) : this;
    }

    /// What it is after the kernel has brought it in for a write by a process that need not write to it.
    public LazyFree touchedBy(int process) {
        return hasClean(process) && !dirty ? new LazyFree(given, true, clean) : this;
    }

    /// What it is when a child has an entry like its parent's.
    public LazyFree inherited(int parent, int child) {
        return hasClean(parent) ? new LazyFree(given, dirty, clean | bit(child)) : this;
    }

    /// Whether reclaim may drop it for all that this process knows.
    public boolean isClean(int process) {
        return given && !dirty && hasClean(process);
    }

    private boolean hasClean(int process) {
        return (clean & bit(process)) != 0;
    }

    /// The model does not tell apart more processes than a word has bits; those beyond never have clean entries.
    private static long bit(int process) {
        return process < Long.SIZE ? 1L << process : 0;
    }
}
