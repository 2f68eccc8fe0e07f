package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Counting;
import vmacheck.rules.SealTest;

/// Removing a range from an address space (`vms_gather_munmap_vmas`, `vms_complete_munmap_vmas`).
final class Unmap {
    private final Draft draft;
    private final AnonVmas anonVmas;
    private final Pages pages;
    private final Vmas vmas;

    Unmap(Draft draft, AnonVmas anonVmas, Pages pages, Vmas vmas) {
        this.draft = draft;
        this.anonVmas = anonVmas;
        this.pages = pages;
        this.vmas = vmas;
    }

    /// The system call munmap.
    @Nullable
    Errno munmap(Space space, int start, int length) {
        if (length == 0 || start + length > draft.arenaPages()) {
            return Errno.EINVAL;
        }
        return range(space, start, start + length);
    }

    /// Unmaps `[start, end)`. On failure the splits done so far remain and nothing is unmapped.
    @Nullable
    Errno range(Space space, int start, int end) {
        Errno error = gather(space, start, end);
        if (error == null) {
            remove(space, start, end);
        }
        return error;
    }

    /// Cuts the VMAs at the ends of a range, and finds out whether all of it may be unmapped.
    @Nullable
    Errno gather(Space space, int start, int end) {
        Vma first = space.intersecting(start, end);
        if (first == null) {
            return null;
        }
        if (start > first.start()) {
            if (end < first.end() && space.mapCount >= draft.maxMapCount()) {
                return Errno.ENOMEM;
            }
            if (draft.isSealed(first, SealTest.Deed.UNMAP)) {
                return Errno.EPERM;
            }
            vmas.split(space, first, start, true);
        }
        for (int i = space.indexAfter(start); i < space.count() && space.at(i).start() < end; i++) {
            Vma vma = space.at(i);
            if (draft.isSealed(vma, SealTest.Deed.UNMAP)) {
                return Errno.EPERM;
            }
            if (vma.end() > end) {
                vmas.split(space, vma, end, false);
            }
        }
        return null;
    }

    /// Pages of a range that are accounted; its ends are those of VMAs.
    int accounted(Space space, int start, int end) {
        int pages = 0;
        for (int i = space.indexAfter(start); i < space.count() && space.at(i).start() < end; i++) {
            pages += space.at(i).has(VmFlags.ACCOUNT) ? space.at(i).pages() : 0;
        }
        return pages;
    }

    /// Unmaps what was gathered.
    void remove(Space space, int start, int end) {
        for (Vma vma = space.intersecting(start, end); vma != null; vma = space.intersecting(start, end)) {
            removeVma(space, vma);
        }
    }

    private void removeVma(Space space, Vma vma) {
        pages.zap(space, vma.start(), vma.end(), true);
        anonVmas.unlink(space.process, vma);
        space.remove(vma);
        draft.count(space, Counting.Occasion.MUNMAP, vma.flags(), -vma.pages());
        draft.countLocked(space, Counting.Occasion.MUNMAP, vma.flags(), -vma.pages());
        if (vma.has(VmFlags.ACCOUNT) && draft.commits(Counting.Occasion.MUNMAP, vma.flags())) {
            draft.committed -= vma.pages();
        }
    }

    /// Removes everything (`exit_mmap`).
    void all(Space space) {
        while (space.count() > 0) {
            removeVma(space, space.at(0));
        }
    }
}
