package vmacheck.model;

/// What is fixed before a history starts.
///
/// @param pages       pages of the arena, which is the whole address space of every process
/// @param maxMapCount `vm.max_map_count`
/// @param memlock     pages that a process may lock (`RLIMIT_MEMLOCK`, without the capability to exceed it)
/// @param commitLimit pages that may be committed (`CommitLimit` with strict overcommit), counted from what was
///                    committed at the start
public record Setup(int pages, int maxMapCount, int memlock, int commitLimit) {
    public static final int DEFAULT_PAGES = 64;
    public static final int FEWEST_PAGES = 4;
    public static final int MOST_PAGES = 4096;
    public static final int DEFAULT_MAX_MAP_COUNT = 65530;
    public static final int UNLIMITED = Integer.MAX_VALUE;
    /// Pages of each file.
    public static final int FILE_PAGES = 16;

    public static final Setup DEFAULT = new Setup(DEFAULT_PAGES, DEFAULT_MAX_MAP_COUNT);

    public Setup {
        if (pages < FEWEST_PAGES || pages > MOST_PAGES) {
            throw new IllegalArgumentException("an arena has 4 to 4096 pages, not " + pages);
        }
        if (maxMapCount < 1) {
            throw new IllegalArgumentException("max-map-count is at least 1, not " + maxMapCount);
        }
        if (memlock < 0 || commitLimit < 0) {
            throw new IllegalArgumentException("a limit of pages is at least 0");
        }
    }

    /// Without limits of pages.
    public Setup(int pages, int maxMapCount) {
        this(pages, maxMapCount, UNLIMITED, UNLIMITED);
    }

    public Setup withPages(int newPages) {
        return new Setup(newPages, maxMapCount, memlock, commitLimit);
    }

    public Setup withMaxMapCount(int newLimit) {
        return new Setup(pages, newLimit, memlock, commitLimit);
    }

    public Setup withMemlock(int newLimit) {
        return new Setup(pages, maxMapCount, newLimit, commitLimit);
    }

    public Setup withCommitLimit(int newLimit) {
        return new Setup(pages, maxMapCount, memlock, newLimit);
    }

    /// Whether pages are limited, which a live kernel cannot be told for one history alone.
    public boolean limitsPages() {
        return memlock != UNLIMITED || commitLimit != UNLIMITED;
    }

    /// Where the heap of a fresh process begins: three quarters up the arena.
    public int startBrk() {
        return pages * 3 / 4;
    }
}
