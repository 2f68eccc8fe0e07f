package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;

/// Bringing in whole ranges (`mm/gup.c`).
final class Populate {
    private final Draft draft;
    private final Faults faults;

    Populate(Draft draft, Faults faults) {
        this.draft = draft;
        this.faults = faults;
    }

    /// `__mm_populate`: VMA by VMA until the first failure, or all of them.
    ///
    /// @return EFAULT for the first page that could not be brought in, if failures are not ignored
    @Nullable
    Errno range(Space space, int start, int end, boolean ignoreErrors) {
        for (int page = start; page < end; ) {
            Vma vma = space.intersecting(page, end);
            if (vma == null) {
                break;
            }
            Errno error = vma(space, Math.max(page, vma.start()), Math.min(end, vma.end()));
            if (error != null && !ignoreErrors) {
                return error;
            }
            page = vma.end();
        }
        return null;
    }

    /// `populate_vma_page_range`: writable private memory is written to, other memory read.
    @Nullable
    Errno vma(Space space, int start, int end) {
        Vma vma = Vmas.need(space.covering(start));
        boolean accessible = vma.has(VmFlags.ACCESS);
        if (vma.has(VmFlags.LOCKONFAULT)) {
            return !accessible && draft.rules.get(Decisions.ONFAULT_NEEDS_ACCESS) ? Errno.EFAULT : null;
        }
        if (!accessible) {
            return Errno.EFAULT;
        }
        boolean write = (vma.flags() & (VmFlags.WRITE | VmFlags.SHARED)) == VmFlags.WRITE;
        return pages(space, start, end, write);
    }

    /// Faults pages in one after another; EFAULT at the first that cannot be had.
    private @Nullable Errno pages(Space space, int start, int end, boolean write) {
        for (int page = start; page < end; page++) {
            Vma vma = Vmas.need(space.covering(page));
            Result.Signal signal = faults.fault(space, vma, page, write);
            if (signal != null) {
                return Errno.EFAULT;
            }
            if (write) {
                faults.touchForWrite(space, page);
            }
        }
        return null;
    }

    /// madvise(populate_read) and madvise(populate_write) (`faultin_page_range`).
    @Nullable
    Errno advised(Space space, int start, int end, boolean write) {
        for (int page = start; page < end; ) {
            Vma vma = space.covering(page);
            if (vma == null) {
                return Errno.ENOMEM;
            }
            if (!vma.has(write ? VmFlags.WRITE : VmFlags.READ)) {
                return Errno.EINVAL;
            }
            int stop = Math.min(end, vma.end());
            Errno error = pages(space, page, stop, write);
            if (error != null) {
                return error;
            }
            page = stop;
        }
        return null;
    }
}
