package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.List;

/// What no file of `/proc` shows of one process. Anon_vmas and the caches of files have numbers in the order in which
/// they are seen in one observation, of all its processes; the numbers say no more than which of them are equal.
///
/// @param vmas  in ascending order of address
/// @param pages those present, by page, without the zero page
public record Hidden(List<Mapping> vmas, List<Page> pages) {
    /// @param pgoff   `vm_pgoff`; of anonymous memory relative to the arena
    /// @param anonVma the anon_vma, or [vmacheck.model.Vma#NONE]
    /// @param chain   anon_vmas from the head of `anon_vma_chain`, the newest one first; below 0 for a link that is in
    ///                no tree or names another VMA
    public record Mapping(int start, int end, int pgoff, int anonVma, Vector<Integer> chain) {}

    /// @param frame    number of the physical page
    /// @param anonVma  the anon_vma that its mapping is, or [vmacheck.model.Vma#NONE]
    /// @param file     the cache of a file that its mapping is, or [vmacheck.model.Vma#NONE]
    /// @param index    in its mapping; of anonymous memory relative to the arena
    /// @param mapcount number of page table entries that map it
    public record Page(int page, long frame, int anonVma, int file, int index, int mapcount, boolean exclusive) {}

    /// @param root     number of the root
    /// @param parent   number of the parent
    /// @param children `num_children`
    /// @param active   `num_active_vmas`
    public record AnonVma(int root, int parent, int refcount, int children, int active) {
        /// One that something points to, though no VMA is linked to it.
        static final AnonVma UNLINKED = new AnonVma(-1, -1, 0, 0, 0);
    }
}
