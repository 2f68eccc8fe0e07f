package vmacheck.invariant;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vmacheck.model.Pte;
import vmacheck.model.Vma;

/// A list of page table entries with the VMAs that they lie in.
final class Entries {
    private int[] processes = new int[64];
    private int[] pages = new int[64];
    private Pte[] ptes = new Pte[64];
    private @Nullable Vma[] vmas = new Vma[64];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int process, int page, Pte pte, @Nullable Vma vma) {
        if (size == pages.length) {
            processes = Arrays.copyOf(processes, 2 * size);
            pages = Arrays.copyOf(pages, 2 * size);
            ptes = Arrays.copyOf(ptes, 2 * size);
            vmas = Arrays.copyOf(vmas, 2 * size);
        }
        processes[size] = process;
        pages[size] = page;
        ptes[size] = pte;
        vmas[size++] = vma;
    }

    int size() {
        return size;
    }

    int process(int i) {
        return processes[i];
    }

    int page(int i) {
        return pages[i];
    }

    Pte pte(int i) {
        return ptes[i];
    }

    /// The VMA that covers the page, or null.
    @Nullable
    Vma vma(int i) {
        return vmas[i];
    }
}
