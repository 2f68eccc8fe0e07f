package vmacheck.model;

/// The contents behind one or more open file descriptions.
///
/// @param size  pages in the file; an access behind them is a SIGBUS
/// @param shmem whether it is the nameless object of a shared anonymous mapping
/// @param cache page cache: the folio of each file page that is in memory
/// @param base  the token of page 0 before anything is written, page n holds `base + n`; 0 for zeros
public record Inode(int id, int size, boolean shmem, Table<Integer> cache, int base) {
    public int initialContent(int page) {
        return base == 0 ? 0 : base + page;
    }
}
