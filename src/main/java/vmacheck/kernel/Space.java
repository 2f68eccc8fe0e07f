package vmacheck.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Pte;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// The address space of one process while a call changes it.
final class Space {
    final int process;
    private final AddressSpace original;
    private Vma[] vmas;
    private int count;
    private boolean vmasChanged;
    private final Cells<Pte> pages;
    int mapCount;
    int totalVm;
    int dataVm;
    int lockedVm;
    final int startBrk;
    int brk;
    long defFlags;

    Space(int process, AddressSpace space) {
        this.process = process;
        original = space;
        count = space.vmas().size();
        vmas = new Vma[count + 4];
        for (int i = 0; i < count; i++) {
            vmas[i] = space.vma(i);
        }
        pages = new Cells<>(space.pages());
        mapCount = space.mapCount();
        totalVm = space.totalVm();
        dataVm = space.dataVm();
        lockedVm = space.lockedVm();
        startBrk = space.startBrk();
        brk = space.brk();
        defFlags = space.defFlags();
    }

    /// The address space as it is now; the same object as before if nothing was changed.
    AddressSpace freeze() {
        if (!vmasChanged && !pages.isChanged() && hasOriginalCounters()) {
            return original;
        }
        Table<Vma> table = vmasChanged ? Table.owning(Arrays.copyOf(vmas, count, Object[].class)) : original.vmas();
        return new AddressSpace(table, pages.toTable(), mapCount, totalVm, dataVm, lockedVm, startBrk, brk, defFlags);
    }

    private boolean hasOriginalCounters() {
        return mapCount == original.mapCount()
                && totalVm == original.totalVm()
                && dataVm == original.dataVm()
                && lockedVm == original.lockedVm()
                && brk == original.brk()
                && defFlags == original.defFlags();
    }

    int count() {
        return count;
    }

    Vma at(int index) {
        return vmas[index];
    }

    /// Index of the first VMA that ends after `page` (`find_vma`).
    int indexAfter(int page) {
        int i = 0;
        while (i < count && vmas[i].end() <= page) {
            i++;
        }
        return i;
    }

    /// The first VMA that ends after `page`, or null.
    @Nullable
    Vma findAfter(int page) {
        int i = indexAfter(page);
        return i < count ? vmas[i] : null;
    }

    /// The first VMA that has a page in `[start, end)`, or null (`find_vma_intersection`).
    @Nullable
    Vma intersecting(int start, int end) {
        Vma vma = start < end ? findAfter(start) : null;
        return vma != null && vma.start() < end ? vma : null;
    }

    @Nullable
    Vma covering(int page) {
        Vma vma = findAfter(page);
        return vma != null && vma.start() <= page ? vma : null;
    }

    /// The last VMA that starts before `page`, or null.
    @Nullable
    Vma before(int page) {
        Vma found = null;
        for (int i = 0; i < count && vmas[i].start() < page; i++) {
            found = vmas[i];
        }
        return found;
    }

    @Nullable
    Vma byId(int id) {
        int i = indexOf(id);
        return i < 0 ? null : vmas[i];
    }

    private int indexOf(int id) {
        for (int i = 0; i < count; i++) {
            if (vmas[i].id() == id) {
                return i;
            }
        }
        return -1;
    }

    /// Puts a new VMA in; does not look at overlaps.
    void insert(Vma vma) {
        if (count == vmas.length) {
            vmas = Arrays.copyOf(vmas, count + 4);
        }
        int i = count;
        while (i > 0 && vmas[i - 1].start() > vma.start()) {
            vmas[i] = vmas[i - 1];
            i--;
        }
        vmas[i] = vma;
        count++;
        mapCount++;
        vmasChanged = true;
    }

    /// Replaces the VMA with the same identity.
    void replace(Vma vma) {
        int i = indexOf(vma.id());
        if (vmas[i] != vma) {
            vmas[i] = vma;
            vmasChanged = true;
        }
    }

    void remove(Vma vma) {
        int i = indexOf(vma.id());
        System.arraycopy(vmas, i + 1, vmas, i, count - i - 1);
        count--;
        mapCount--;
        vmasChanged = true;
    }

    @Nullable
    Pte pte(int page) {
        return pages.get(page);
    }

    void setPte(int page, @Nullable Pte pte) {
        pages.set(page, pte);
    }

    /// Whether nothing is mapped in `[start, end)`.
    boolean isFree(int start, int end) {
        return intersecting(start, end) == null;
    }
}
