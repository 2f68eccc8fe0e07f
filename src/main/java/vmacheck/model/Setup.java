package vmacheck.model;

/// What is fixed before a history starts.
///
/// @param pages       pages of the arena, which is the whole address space of every process
/// @param maxMapCount `vm.max_map_count`
public record Setup(int pages, int maxMapCount) {
    public static final int DEFAULT_PAGES = 64;
    public static final int FEWEST_PAGES = 4;
    public static final int MOST_PAGES = 4096;
    public static final int DEFAULT_MAX_MAP_COUNT = 65530;
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
    }

    /// Where the heap of a fresh process begins: three quarters up the arena.
    public int startBrk() {
        return pages * 3 / 4;
    }
}
