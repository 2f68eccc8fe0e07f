package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.LockAllFlags;
import vmacheck.call.Result;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.SealTest;
import vmacheck.rules.StaleWalk;

/// The calls that change flags of what is mapped, VMA by VMA: mprotect, the mlock family, mseal.
final class Modify {
    private final Context k;
    private final Draft draft;

    Modify(Context context) {
        k = context;
        draft = context.draft;
    }

    /// One VMA of a walk over a range.
    private interface Change {
        @Nullable
        Errno apply(Vma vma, int start, int end);
    }

    /// Applies a change to each VMA in a range from left to right, going on behind what each change left there. A hole
    /// is ENOMEM, with everything before it changed.
    ///
    /// @param kind which walk this is, as some kernels go on at a wrong place in one of them
    private @Nullable Errno walk(Space space, int start, int end, StaleWalk kind, Change change) {
        boolean stale = draft.rules.get(Decisions.STALE_WALK) == kind;
        int reached = start;
        int from = start;
        while (reached < end) {
            Vma vma = space.covering(reached);
            if (vma == null) {
                return Errno.ENOMEM;
            }
            int to = Math.min(vma.end(), end);
            Errno error = change.apply(vma, from, to);
            if (error != null) {
                return error;
            }
            reached = Vmas.need(space.covering(reached)).end();
            if (stale && kind != StaleWalk.MSEAL && to < reached && reached < end) {
                // The next VMA does not start at "to". Without one the walk ends, and nothing compares.
                return Errno.ENOMEM;
            }
            from = stale ? to : reached;
        }
        return null;
    }

    /// `do_mprotect_pkey`.
    Result mprotect(Space space, Call.Mprotect call) {
        if (call.length() == 0) {
            return Outcome.success();
        }
        long access = Mapping.protectionFlags(call.prot());
        return Outcome.of(walk(
                space,
                call.addr(),
                call.addr() + call.length(),
                StaleWalk.MPROTECT,
                (vma, start, end) -> protect(space, vma, start, end, vma.flags() & ~VmFlags.ACCESS | access)));
    }

    /// `mprotect_fixup`.
    private @Nullable Errno protect(Space space, Vma vma, int start, int end, long wanted) {
        long old = vma.flags();
        // The MAY bits stand four places above the bits that they permit.
        if ((wanted & ~(wanted >> 4) & VmFlags.ACCESS) != 0) {
            return Errno.EACCES;
        }
        if (draft.isSealed(vma, SealTest.Deed.PROTECT)) {
            return Errno.EPERM;
        }
        if (wanted == old) {
            return null;
        }
        long flags = wanted;
        int charge = 0;
        boolean writable = (wanted & VmFlags.WRITE) != 0;
        if (writable) {
            long uncharged = VmFlags.ACCOUNT | VmFlags.WRITE | VmFlags.HUGETLB | VmFlags.SHARED | VmFlags.NORESERVE;
            if ((old & uncharged) == 0) {
                charge = end - start;
                flags |= VmFlags.ACCOUNT;
            }
        } else if ((old & VmFlags.ACCOUNT) != 0
                && vma.isAnonymous()
                && !vma.isFaulted()
                && draft.rules.get(Decisions.MPROTECT_DROPS_ACCOUNT)) {
            charge = start - end;
            flags &= ~VmFlags.ACCOUNT;
        }
        if (!draft.commits(Counting.Occasion.MPROTECT, flags)) {
            charge = 0;
        }
        if (charge > 0 && !draft.charge(charge)) {
            return Errno.ENOMEM;
        }
        Errno error = k.vmas.modifyFlags(space, vma, start, end, flags);
        if (error != null) {
            draft.committed -= Math.max(charge, 0);
            return error;
        }
        draft.committed += Math.min(charge, 0);
        k.pages.protect(space, Vmas.need(space.covering(start)), start, end, writable);
        if (writable && (old & (VmFlags.WRITE | VmFlags.SHARED | VmFlags.LOCKED)) == VmFlags.LOCKED) {
            k.populate.vma(space, start, end);
        }
        draft.count(space, Counting.Occasion.MPROTECT, old, start - end);
        draft.count(space, Counting.Occasion.MPROTECT, flags, end - start);
        return null;
    }

    /// mlock and mlock2 (`do_mlock`): flags first, then the pages.
    Result mlock(Space space, int start, int length, boolean onFault) {
        if (draft.memlock() == 0) {
            return Outcome.failure(Errno.EPERM);
        }
        int counted = draft.rules.get(Decisions.MLOCK_COUNTS_TWICE) ? 0 : locked(space, start, start + length);
        if (!draft.mayLock(space, length - counted)) {
            return Outcome.failure(Errno.ENOMEM);
        }
        long flags = VmFlags.LOCKED | (onFault ? VmFlags.LOCKONFAULT : 0);
        Errno error = lockRange(space, start, start + length, flags);
        if (error == null) {
            Errno populated = k.populate.range(space, start, start + length, false);
            // `__mlock_posix_error_return`: what could not be brought in is not there.
            error = populated == Errno.EFAULT ? Errno.ENOMEM : populated;
        }
        return Outcome.of(error);
    }

    /// Pages of a range that are locked already (`count_mm_mlocked_page_nr`).
    private static int locked(Space space, int start, int end) {
        int pages = 0;
        for (int i = space.indexAfter(start); i < space.count() && space.at(i).start() < end; i++) {
            Vma vma = space.at(i);
            pages += Vmas.isLocked(vma) ? Math.min(end, vma.end()) - Math.max(start, vma.start()) : 0;
        }
        return pages;
    }

    Result munlock(Space space, int start, int length) {
        return Outcome.of(lockRange(space, start, start + length, 0));
    }

    /// `apply_vma_lock_flags`.
    private @Nullable Errno lockRange(Space space, int from, int to, long bits) {
        return walk(space, from, to, StaleWalk.MLOCK, (vma, start, end) -> lock(space, vma, start, end, bits));
    }

    /// `mlock_fixup`.
    private @Nullable Errno lock(Space space, Vma vma, int start, int end, long bits) {
        long flags = vma.flags() & ~VmFlags.LOCK_BITS | bits;
        if (flags == vma.flags()) {
            return null;
        }
        boolean wasLocked = Vmas.isLocked(vma);
        Errno error = k.vmas.modifyFlags(space, vma, start, end, flags);
        if (error == null) {
            boolean locked = (flags & VmFlags.LOCKED) != 0;
            int change = !locked ? start - end : wasLocked ? 0 : end - start;
            draft.countLocked(space, Counting.Occasion.MLOCK, flags | VmFlags.LOCKED, change);
            if (!locked) {
                k.pages.mlocks.munlock(space, start, end);
            }
        }
        return error;
    }

    Result mlockall(Space space, int flags) {
        if (flags == 0 || flags == LockAllFlags.ONFAULT) {
            return Outcome.failure(Errno.EINVAL);
        }
        if (draft.memlock() == 0) {
            return Outcome.failure(Errno.EPERM);
        }
        if ((flags & LockAllFlags.CURRENT) != 0 && space.totalVm > draft.memlock()) {
            return Outcome.failure(Errno.ENOMEM);
        }
        lockAll(space, flags);
        if ((flags & LockAllFlags.CURRENT) != 0) {
            k.populate.range(space, 0, draft.arenaPages(), true);
        }
        return Outcome.success();
    }

    Result munlockall(Space space) {
        lockAll(space, 0);
        return Outcome.success();
    }

    /// `apply_mlockall_flags`: errors are ignored.
    private void lockAll(Space space, int flags) {
        long onFault = (flags & LockAllFlags.ONFAULT) != 0 ? VmFlags.LOCKONFAULT : 0;
        boolean future = (flags & LockAllFlags.FUTURE) != 0;
        boolean current = (flags & LockAllFlags.CURRENT) != 0;
        space.defFlags = space.defFlags & ~VmFlags.LOCK_BITS | (future ? VmFlags.LOCKED | onFault : 0);
        if (future && !current) {
            return;
        }
        long bits = current ? VmFlags.LOCKED | onFault : 0;
        int reached = 0;
        for (Vma vma = space.findAfter(reached); vma != null; vma = space.findAfter(reached)) {
            lock(space, vma, vma.start(), vma.end(), bits);
            reached = Vmas.need(space.covering(vma.start())).end();
        }
    }

    /// `do_mseal`: all or nothing as far as holes go.
    Result mseal(Space space, Call.Mseal call) {
        if (!draft.rules.get(Decisions.SEALING)) {
            return Outcome.failure(Errno.ENOSYS);
        }
        int end = call.addr() + call.length();
        for (int page = call.addr(); page < end; ) {
            Vma vma = space.covering(page);
            if (vma == null) {
                return Outcome.failure(Errno.ENOMEM);
            }
            page = vma.end();
        }
        return Outcome.of(walk(
                space,
                call.addr(),
                end,
                StaleWalk.MSEAL,
                (vma, from, to) -> vma.has(VmFlags.SEALED)
                        ? null
                        : k.vmas.modifyFlags(space, vma, from, to, vma.flags() | VmFlags.SEALED)));
    }
}
