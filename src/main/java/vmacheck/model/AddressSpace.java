package vmacheck.model;

import org.jspecify.annotations.Nullable;

/// The memory of one process (`struct mm_struct`).
///
/// @param vmas     in ascending order of address
/// @param pages    page table: the entry of each page of the arena
/// @param mapCount what the kernel counted, not `vmas.size()`
/// @param totalVm  pages mapped
/// @param dataVm   pages of private writable VMAs that are no stack
/// @param lockedVm pages of locked VMAs
/// @param startBrk first page of the heap
/// @param brk      page of the current break
/// @param defFlags lock flags that mlockall(future) gives to new VMAs
public record AddressSpace(
        Table<Vma> vmas,
        Table<Pte> pages,
        int mapCount,
        int totalVm,
        int dataVm,
        int lockedVm,
        int startBrk,
        int brk,
        long defFlags) {

    /// Index in [#vmas] of the first VMA that ends after `page`, or their number if there is none (`find_vma`).
    public int indexAfter(int page) {
        int low = 0;
        int high = vmas.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vma(middle).end() <= page) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public Vma vma(int index) {
        Vma vma = vmas.get(index);
        if (vma == null) {
            throw new IndexOutOfBoundsException("VMA " + index + " of " + vmas.size());
        }
        return vma;
    }

    /// The VMA that covers `page`, or null (`vma_lookup`).
    public @Nullable Vma vmaAt(int page) {
        Vma vma = vmas.get(indexAfter(page));
        return vma != null && vma.start() <= page ? vma : null;
    }

    /// The VMA with identity `id`, or null.
    public @Nullable Vma vmaById(int id) {
        for (int i = 0; i < vmas.size(); i++) {
            if (vma(i).id() == id) {
                return vma(i);
            }
        }
        return null;
    }
}
