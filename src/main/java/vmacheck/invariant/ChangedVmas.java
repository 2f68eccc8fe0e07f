package vmacheck.invariant;

import java.util.Arrays;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// The VMAs that a step made or changed, a part of [Facts].
final class ChangedVmas {
    private Vma[] vmas = new Vma[32];
    private int[] owners = new int[32];
    private int count;

    void clear() {
        count = 0;
    }

    /// Those of a process that are not as they were.
    void add(int process, Table<Vma> now, Table<Vma> then) {
        int k = 0;
        for (int i = 0; i < now.size(); i++) {
            Vma vma = now.get(i);
            if (vma == null) {
                continue;
            }
            Vma old = then.get(k);
            while (old != null && old.start() < vma.start()) {
                old = then.get(++k);
            }
            if (old != vma) {
                if (count == vmas.length) {
                    vmas = Arrays.copyOf(vmas, 2 * count);
                    owners = Arrays.copyOf(owners, 2 * count);
                }
                vmas[count] = vma;
                owners[count++] = process;
            }
        }
    }

    int count() {
        return count;
    }

    Vma vma(int i) {
        return vmas[i];
    }

    /// The number of the process.
    int owner(int i) {
        return owners[i];
    }
}
