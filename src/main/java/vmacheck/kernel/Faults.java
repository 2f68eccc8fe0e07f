package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Result;
import vmacheck.model.Folio;
import vmacheck.model.LazyFree;
import vmacheck.model.Pte;
import vmacheck.model.Stranded;
import vmacheck.model.SwapSlot;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.SwapInOwner;

/// Accesses to pages and the faults that they cause (`mm/memory.c`).
final class Faults {
    private final Draft draft;
    private final AnonVmas anonVmas;
    private final Pages pages;

    Faults(Draft draft, AnonVmas anonVmas, Pages pages) {
        this.draft = draft;
        this.anonVmas = anonVmas;
        this.pages = pages;
    }

    /// A load by user space: the token that it finds.
    Result read(Space space, int page) {
        Result.Signal signal = access(space, page, false);
        return signal != null ? new Result.Fault(signal) : new Result.Value(content(space, page));
    }

    /// A store of a token by user space.
    Result write(Space space, int page, int token) {
        Result.Signal signal = access(space, page, true);
        if (signal != null) {
            return new Result.Fault(signal);
        }
        if (space.pte(page) instanceof Pte.Present present) {
            Folio folio = draft.folio(present.folio());
            pages.put(folio.withContent(token).withLazyFree(folio.lazyFree().writtenBy(space.process)));
        }
        return Result.ZERO;
    }

    /// What get_user_pages does to a page that it brings in for a write (`follow_page_pte` with FOLL_TOUCH).
    void touchForWrite(Space space, int page) {
        if (space.pte(page) instanceof Pte.Present present) {
            Folio folio = draft.folio(present.folio());
            LazyFree touched = folio.lazyFree().touchedBy(space.process);
            if (touched != folio.lazyFree()) {
                pages.put(folio.withLazyFree(touched));
            }
        }
    }

    private int content(Space space, int page) {
        return space.pte(page) instanceof Pte.Present present
                ? draft.folio(present.folio()).content()
                : 0;
    }

    private Result.@Nullable Signal access(Space space, int page, boolean write) {
        Vma vma = space.covering(page);
        if (vma == null || !vma.has(write ? VmFlags.WRITE : VmFlags.ACCESS)) {
            return Result.Signal.SIGSEGV;
        }
        boolean readable = vma.has(VmFlags.READ | VmFlags.EXEC) || draft.rules.get(Decisions.WRITE_IMPLIES_READ);
        if (!write && !readable && !isPresent(space, page)) {
            return Result.Signal.SIGSEGV;
        }
        return fault(space, vma, page, write);
    }

    private static boolean isPresent(Space space, int page) {
        return space.pte(page) instanceof Pte.Present || space.pte(page) instanceof Pte.Zero;
    }

    /// Brings a page in as an access by the kernel would (`handle_mm_fault`), permissions already checked.
    Result.@Nullable Signal fault(Space space, Vma vma, int page, boolean write) {
        Pte pte = space.pte(page);
        return switch (pte) {
            case null -> missing(space, vma, page, write);
            case Pte.Guard _ -> Result.Signal.SIGSEGV;
            case Pte.Zero _ -> {
                if (write) {
                    makeAnonymous(space, vma, page, 0);
                }
                yield null;
            }
            case Pte.Swap swap -> {
                swapIn(space, vma, page, swap, write);
                yield null;
            }
            case Pte.Present present -> {
                if (write && !present.writable()) {
                    writeProtected(space, vma, page, draft.folio(present.folio()));
                }
                yield null;
            }
        };
    }

    private Result.@Nullable Signal missing(Space space, Vma vma, int page, boolean write) {
        if (vma.isAnonymous()) {
            if (write) {
                makeAnonymous(space, vma, page, 0);
            } else {
                space.setPte(page, Pte.ZERO);
            }
            return null;
        }
        // A private write prepares the anon_vma before it looks whether the file has the page (`do_cow_fault`).
        Vma ready = write && vma.isPrivate() ? anonVmas.prepare(space, vma) : vma;
        Folio cached = pages.cached(ready, page);
        if (cached == null) {
            return Result.Signal.SIGBUS;
        }
        if (write && ready.isPrivate()) {
            makeAnonymous(space, ready, page, cached.content());
        } else {
            pages.put(cached.withMapcount(cached.mapcount() + 1));
            space.setPte(page, new Pte.Present(cached.id(), write));
        }
        return null;
    }

    private void makeAnonymous(Space space, Vma vma, int page, int content) {
        Vma ready = anonVmas.prepare(space, vma);
        Folio folio = pages.newAnonymous(ready, page, content);
        space.setPte(page, new Pte.Present(folio.id(), ready.has(VmFlags.WRITE)));
    }

    /// A write to a page that is mapped read-only (`do_wp_page`).
    private void writeProtected(Space space, Vma vma, int page, Folio folio) {
        if (!vma.isPrivate()) {
            space.setPte(page, new Pte.Present(folio.id(), vma.has(VmFlags.WRITE)));
            return;
        }
        if (folio.anonymous() && (folio.exclusive() || canReuse(folio))) {
            reuse(space, vma, page, folio);
            return;
        }
        int content = folio.content();
        space.setPte(page, null);
        pages.unmapFrom(vma, folio);
        makeAnonymous(space, vma, page, content);
    }

    /// `wp_can_reuse_anon_folio`: nobody else maps it and no swap entry names it.
    private boolean canReuse(Folio folio) {
        boolean alone = folio.mapcount() == 1 || !draft.rules.get(Decisions.REUSE_ASKS_MAPCOUNT);
        return alone
                && (folio.swapSlot() == Vma.NONE
                        || draft.slots.need(folio.swapSlot()).count() == 0);
    }

    private void reuse(Space space, Vma vma, int page, Folio folio) {
        Folio mine = folio;
        if (!folio.exclusive()) {
            mine = pages.leaveSwapCache(mine);
            if (draft.rules.get(Decisions.REUSE_MOVES_FOLIO)) {
                mine = mine.withMapping(vma.anonVma(), mine.index());
            }
            mine = mine.withExclusive(draft.rules.get(Decisions.EXCLUSIVE_BIT));
        }
        pages.put(mine.withLazyFree(mine.lazyFree().writtenBy(space.process)));
        space.setPte(page, new Pte.Present(mine.id(), vma.has(VmFlags.WRITE)));
    }

    /// `do_swap_page`.
    private void swapIn(Space space, Vma unready, int page, Pte.Swap entry, boolean write) {
        // A kernel would crash on a swap entry in an unfaulted VMA; the model goes on so that an invariant can tell.
        Vma vma = anonVmas.prepare(space, unready);
        Folio folio = inSwapCache(draft.slots.need(entry.slot()));
        SwapSlot slot = draft.slots.need(entry.slot());
        boolean known = folio.mapping() != Vma.NONE;
        if (known && mustCopy(folio, vma, page)) {
            copyFromSwapCache(space, vma, page, folio, slot);
            return;
        }
        draft.slots.set(slot.id(), slot.withCount(slot.count() - 1));
        if (Vmas.isLocked(vma) || (write && folio.mapcount() == 0)) {
            folio = pages.leaveSwapCache(folio);
        }
        boolean alone = folio.swapSlot() == Vma.NONE && folio.mapcount() == 0;
        boolean exclusive = (entry.exclusive() || alone) && draft.rules.get(Decisions.EXCLUSIVE_BIT);
        if (!known) {
            boolean own = exclusive || draft.rules.get(Decisions.SHARED_SWAP_IN) == SwapInOwner.OWN;
            int root = draft.anonVma(vma.anonVma()).root();
            folio = folio.withMapping(own ? vma.anonVma() : root, vma.indexOf(page));
        }
        folio = folio.withMapcount(folio.mapcount() + 1);
        folio = exclusive ? folio.withExclusive(true) : folio;
        pages.put(folio);
        boolean writable = exclusive && vma.has(VmFlags.WRITE);
        space.setPte(page, new Pte.Present(folio.id(), writable));
        if (write && !writable) {
            writeProtected(space, vma, page, folio);
        }
    }

    private Folio inSwapCache(SwapSlot slot) {
        if (slot.cached() != Vma.NONE) {
            return draft.folio(slot.cached());
        }
        int id = draft.folios.size();
        Folio folio =
                new Folio(id, true, Vma.NONE, Vma.NONE, 0, false, slot.content(), slot.id(), LazyFree.NO, Stranded.NO);
        draft.folios.add(folio);
        draft.slots.set(slot.id(), slot.withCached(id));
        return folio;
    }

    /// `ksm_might_need_to_copy`: the cached folio belongs to another family or offset.
    private boolean mustCopy(Folio folio, Vma vma, int page) {
        return folio.index() != vma.indexOf(page)
                || draft.anonVma(folio.mapping()).root()
                        != draft.anonVma(vma.anonVma()).root();
    }

    private void copyFromSwapCache(Space space, Vma vma, int page, Folio folio, SwapSlot slot) {
        space.setPte(page, null);
        int content = folio.content();
        pages.dropSwapEntry(slot.id());
        makeAnonymous(space, vma, page, content);
    }
}
