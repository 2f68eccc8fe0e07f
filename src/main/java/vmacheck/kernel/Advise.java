package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.model.Folio;
import vmacheck.model.Inode;
import vmacheck.model.LazyFree;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.SealTest;

/// madvise (`mm/madvise.c`).
final class Advise {
    private final Context k;
    private final Draft draft;
    private final Reclaim reclaim;

    Advise(Context context, Reclaim reclaim) {
        k = context;
        draft = context.draft;
        this.reclaim = reclaim;
    }

    Result madvise(Space space, Call.Madvise call) {
        Advice advice = call.advice();
        boolean guard = advice == Advice.GUARD_INSTALL || advice == Advice.GUARD_REMOVE;
        boolean huge = advice == Advice.HUGEPAGE || advice == Advice.NOHUGEPAGE;
        boolean merging = advice == Advice.MERGEABLE || advice == Advice.UNMERGEABLE;
        if (guard && !draft.rules.get(Decisions.GUARD_REGIONS)
                || huge && !draft.rules.get(Decisions.HUGE_PAGES)
                || advice == Advice.DONTNEED_LOCKED && !draft.rules.get(Decisions.DISCARDS_LOCKED)
                || merging && !draft.rules.get(Decisions.PAGE_MERGING)) {
            return Outcome.failure(Errno.EINVAL);
        }
        if (call.length() == 0) {
            return Outcome.success();
        }
        int end = call.addr() + call.length();
        return Outcome.of(
                isPopulate(advice) && !draft.rules.get(Decisions.POPULATE_SKIPS_HOLES)
                        ? k.populate.advised(space, call.addr(), end, advice == Advice.POPULATE_WRITE)
                        : walk(space, call.addr(), end, advice));
    }

    private static boolean isPopulate(Advice advice) {
        return advice == Advice.POPULATE_READ || advice == Advice.POPULATE_WRITE;
    }

    /// `madvise_walk_vmas`: holes are skipped and reported at the end.
    private @Nullable Errno walk(Space space, int from, int to, Advice advice) {
        Errno hole = null;
        int reached = from;
        while (reached < to) {
            Vma vma = space.findAfter(reached);
            if (vma == null) {
                return Errno.ENOMEM;
            }
            if (reached < vma.start()) {
                hole = Errno.ENOMEM;
                reached = vma.start();
                if (reached >= to) {
                    break;
                }
            }
            Errno error = one(space, vma, reached, Math.min(vma.end(), to), advice);
            if (error != null) {
                return error;
            }
            reached = Vmas.need(space.covering(reached)).end();
        }
        return hole;
    }

    /// `madvise_vma_behavior`.
    private @Nullable Errno one(Space space, Vma vma, int start, int end, Advice advice) {
        if (isRefusedBySeal(vma, advice)) {
            return Errno.EPERM;
        }
        return switch (advice) {
            case DONTNEED, DONTNEED_LOCKED -> {
                if (Vmas.isLocked(vma) && advice == Advice.DONTNEED) {
                    yield Errno.EINVAL;
                }
                k.pages.zap(space, start, end, false);
                yield null;
            }
            case POPULATE_READ, POPULATE_WRITE ->
                k.populate.advised(space, start, end, advice == Advice.POPULATE_WRITE);
            case FREE -> free(space, vma, start, end);
            case COLD -> Vmas.isLocked(vma) ? Errno.EINVAL : null;
            case PAGEOUT -> pageOut(space, vma, start, end);
            case REMOVE -> remove(vma, start, end);
            case WILLNEED -> null;
            case GUARD_INSTALL -> installGuard(space, vma, start, end);
            case GUARD_REMOVE -> removeGuard(space, start, end);
            default -> changeFlags(space, vma, start, end, advice);
        };
    }

    /// `can_madvise_modify`.
    private boolean isRefusedBySeal(Vma vma, Advice advice) {
        boolean discards = switch (advice) {
            case FREE, DONTNEED, DONTNEED_LOCKED, REMOVE, DONTFORK, WIPEONFORK, GUARD_INSTALL -> true;
            default -> false;
        };
        return discards && draft.isSealed(vma, SealTest.Deed.DISCARD);
    }

    private @Nullable Errno changeFlags(Space space, Vma vma, int start, int end, Advice advice) {
        if (advice == Advice.WIPEONFORK && (!vma.isAnonymous() || vma.has(VmFlags.SHARED))) {
            return Errno.EINVAL;
        }
        long flags = advisedFlags(vma, advice);
        if (flags == vma.flags()) {
            return null;
        }
        Errno error = k.vmas.modifyFlags(space, vma, start, end, flags, merging());
        return error == Errno.ENOMEM ? Errno.EAGAIN : error;
    }

    private Vmas.Merging merging() {
        if (!draft.rules.get(Decisions.ADVICE_MERGES)) {
            return Vmas.Merging.NONE;
        }
        return draft.rules.get(Decisions.ADVICE_REACHES_SURVIVOR) ? Vmas.Merging.FULL : Vmas.Merging.SHORT_SIGHTED;
    }

    private long advisedFlags(Vma vma, Advice advice) {
        long flags = vma.flags();
        long kept = draft.rules.get(Decisions.UNMERGEABLE_KEEPS_FLAGS) ? -1L : 0xFFFF_FFFFL;
        return switch (advice) {
            case NORMAL -> flags & ~(VmFlags.RAND_READ | VmFlags.SEQ_READ);
            case SEQUENTIAL -> flags & ~VmFlags.RAND_READ | VmFlags.SEQ_READ;
            case RANDOM -> flags & ~VmFlags.SEQ_READ | VmFlags.RAND_READ;
            case DONTFORK -> flags | VmFlags.DONTCOPY;
            case DOFORK -> flags & ~VmFlags.DONTCOPY;
            case WIPEONFORK -> flags | VmFlags.WIPEONFORK;
            case KEEPONFORK -> flags & ~VmFlags.WIPEONFORK;
            case DONTDUMP -> flags | VmFlags.DONTDUMP;
            case DODUMP -> flags & ~VmFlags.DONTDUMP;
            case HUGEPAGE -> flags & ~VmFlags.NOHUGEPAGE | VmFlags.HUGEPAGE;
            case NOHUGEPAGE -> flags & ~VmFlags.HUGEPAGE | VmFlags.NOHUGEPAGE;
            case MERGEABLE -> vma.isPrivate() ? flags | VmFlags.MERGEABLE : flags;
            // ksm_madvise leaves a VMA that is not mergeable alone.
            case UNMERGEABLE -> vma.has(VmFlags.MERGEABLE) ? flags & ~VmFlags.MERGEABLE & kept : flags;
            default -> flags;
        };
    }

    /// `madvise_free_single_vma`: pages that nobody else maps may be dropped instead of swapped.
    private @Nullable Errno free(Space space, Vma vma, int start, int end) {
        if (Vmas.isLocked(vma) || !vma.isAnonymous()) {
            return Errno.EINVAL;
        }
        for (int page = start; page < end; page++) {
            Pte pte = space.pte(page);
            if (pte instanceof Pte.Swap swap) {
                space.setPte(page, null);
                k.pages.dropSwapEntry(swap.slot());
            } else if (pte instanceof Pte.Present present) {
                free(space.process, draft.folio(present.folio()));
            }
        }
        return null;
    }

    /// `madvise_free_pte_range`, and `folio_mark_lazyfree`, which leaves folios alone that are mlocked elsewhere.
    private void free(int process, Folio folio) {
        boolean known = folio.swapSlot() != Vma.NONE || folio.lazyFree().dirty();
        if (!folio.anonymous() || (known && folio.mapcount() != 1)) {
            return;
        }
        Folio alone = k.pages.leaveSwapCache(folio);
        if (alone.swapSlot() == Vma.NONE) {
            LazyFree lazyFree = alone.lazyFree();
            k.pages.put(alone.withLazyFree(
                    reclaim.isUnevictable(alone) ? lazyFree.cleanedBy(process) : lazyFree.givenBy(process)));
        }
    }

    private @Nullable Errno pageOut(Space space, Vma vma, int start, int end) {
        if (Vmas.isLocked(vma)) {
            return Errno.EINVAL;
        }
        for (int page = start; page < end; page++) {
            if (space.pte(page) instanceof Pte.Present present
                    && draft.folio(present.folio()).mapcount() == 1) {
                reclaim.folio(present.folio());
            }
        }
        return null;
    }

    /// Punches a hole into a file: its pages are zeros from now on, wherever they are mapped.
    private @Nullable Errno remove(Vma vma, int start, int end) {
        if (Vmas.isLocked(vma) || vma.isAnonymous()) {
            return Errno.EINVAL;
        }
        long write = draft.rules.get(Decisions.REMOVE_ASKS_WRITE) ? VmFlags.WRITE : VmFlags.MAYWRITE;
        long needed = VmFlags.SHARED | write;
        if ((vma.flags() & needed) != needed) {
            return Errno.EACCES;
        }
        Inode inode = draft.inodes.need(draft.files.need(vma.file()).inode());
        for (int page = start; page < end; page++) {
            int index = vma.indexOf(page);
            Folio cached = index < inode.size() ? k.pages.cached(vma, page) : null;
            if (cached != null) {
                reclaim.unmapEverywhere(cached.id());
                k.pages.put(draft.folio(cached.id()).withContent(0));
            }
        }
        return null;
    }

    private @Nullable Errno installGuard(Space space, Vma vma, int start, int end) {
        if (Vmas.isLocked(vma)) {
            return Errno.EINVAL;
        }
        // The flag came together with its being sticky: a kernel that does not know the one has no use for the other.
        boolean flagged = (draft.rules.get(Decisions.STICKY_FLAGS) & VmFlags.MAYBE_GUARD) != 0;
        Vma marked = flagged ? vma.withFlags(vma.flags() | VmFlags.MAYBE_GUARD) : vma;
        space.replace(marked);
        if (marked.isAnonymous() || !flagged) {
            k.anonVmas.prepare(space, marked);
        }
        k.pages.zap(space, start, end, true);
        for (int page = start; page < end; page++) {
            space.setPte(page, Pte.GUARD);
        }
        return null;
    }

    private @Nullable Errno removeGuard(Space space, int start, int end) {
        for (int page = start; page < end; page++) {
            if (space.pte(page) instanceof Pte.Guard) {
                space.setPte(page, null);
            }
        }
        return null;
    }
}
