package vmacheck.kernel;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.Inode;
import vmacheck.model.LazyFree;
import vmacheck.model.OpenFile;
import vmacheck.model.Pte;
import vmacheck.model.Stranded;
import vmacheck.model.SwapSlot;
import vmacheck.model.Table;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.FolioTest;

/// Folios and page table entries: making, mapping, dropping and moving them.
final class Pages {
    private final Draft draft;
    final Mlocks mlocks;

    Pages(Draft draft) {
        this.draft = draft;
        mlocks = new Mlocks(draft);
    }

    /// A fresh anonymous folio for one page of a faulted VMA, mapped once (`folio_add_new_anon_rmap`).
    Folio newAnonymous(Vma vma, int page, int content) {
        int id = draft.folios.size();
        boolean exclusive = draft.rules.get(Decisions.EXCLUSIVE_BIT);
        Folio folio = new Folio(
                id, true, vma.anonVma(), vma.indexOf(page), 1, exclusive, content, Vma.NONE, LazyFree.NO, Stranded.NO);
        draft.folios.add(folio);
        return folio;
    }

    /// The page cache folio of a file page, made if it is not in memory, or null behind the end of the file.
    @Nullable
    Folio cached(Vma vma, int page) {
        OpenFile file = draft.files.need(vma.file());
        Inode inode = draft.inodes.need(file.inode());
        int index = vma.indexOf(page);
        if (index < 0 || index >= inode.size()) {
            return null;
        }
        Integer known = inode.cache().get(index);
        if (known != null) {
            return draft.folio(known);
        }
        int id = draft.folios.size();
        Folio folio = new Folio(
                id,
                false,
                inode.id(),
                index,
                0,
                false,
                inode.initialContent(index),
                Vma.NONE,
                LazyFree.NO,
                Stranded.NO);
        draft.folios.add(folio);
        draft.inodes.set(
                inode.id(),
                new Inode(inode.id(), inode.size(), inode.shmem(), inode.cache().with(index, id), inode.base()));
        return folio;
    }

    void put(Folio folio) {
        draft.folios.set(folio.id(), folio);
    }

    /// Takes one mapping of a folio away; an anonymous folio that nothing maps or swaps is freed.
    void unmapOnce(Folio folio) {
        Folio rest = folio.withMapcount(folio.mapcount() - 1);
        put(rest);
        freeIfUnused(rest);
    }

    /// The same from a VMA, which also munlocks it there if that is locked (`munlock_vma_folio`).
    void unmapFrom(@Nullable Vma vma, Folio folio) {
        unmapOnce(folio);
        if (vma != null && Vmas.isLocked(vma) && draft.folios.get(folio.id()) instanceof Folio rest) {
            mlocks.munlock(rest);
        }
    }

    void freeIfUnused(Folio folio) {
        if (!folio.anonymous() || folio.mapcount() > 0) {
            return;
        }
        if (folio.swapSlot() != Vma.NONE) {
            SwapSlot slot = draft.slots.need(folio.swapSlot());
            if (slot.count() > 0) {
                return;
            }
            draft.slots.set(slot.id(), null);
        }
        draft.folios.set(folio.id(), null);
    }

    /// Empties the entries of a range (`zap_page_range`).
    ///
    /// @param dropMarkers whether guard markers go, too: they do when memory is unmapped
    void zap(Space space, int start, int end, boolean dropMarkers) {
        for (int page = start; page < end; page++) {
            Pte pte = space.pte(page);
            if (pte == null || (pte instanceof Pte.Guard && !dropMarkers)) {
                continue;
            }
            space.setPte(page, null);
            switch (pte) {
                case Pte.Present present -> unmapFrom(space.covering(page), draft.folio(present.folio()));
                case Pte.Swap swap -> dropSwapEntry(swap.slot());
                case Pte.Zero _, Pte.Guard _ -> {}
            }
        }
    }

    /// `folio_free_swap`: the slot goes if no swap entry names it.
    Folio leaveSwapCache(Folio folio) {
        if (folio.swapSlot() == Vma.NONE || draft.slots.need(folio.swapSlot()).count() > 0) {
            return folio;
        }
        draft.slots.set(folio.swapSlot(), null);
        Folio alone = folio.withSwapSlot(Vma.NONE).withLazyFree(folio.lazyFree().kept());
        put(alone);
        return alone;
    }

    /// One swap entry less (`free_swap_and_cache`); the slot is free when it was the last and its folio is not mapped.
    void dropSwapEntry(int id) {
        SwapSlot slot = draft.slots.need(id);
        SwapSlot rest = slot.withCount(slot.count() - 1);
        draft.slots.set(id, rest);
        if (rest.count() > 0) {
            return;
        }
        if (rest.cached() == Vma.NONE) {
            draft.slots.set(id, null);
        } else {
            freeIfUnused(draft.folio(rest.cached()));
        }
    }

    /// Moves the entries of a range to another place (`move_page_tables`).
    void move(Space space, int from, int to, int length) {
        for (int i = 0; i < length; i++) {
            Pte pte = space.pte(from + i);
            if (pte != null) {
                space.setPte(from + i, null);
                space.setPte(to + i, pte);
            }
        }
    }

    /// Takes the write bits away, or gives them to pages that the process has for itself (`change_protection`).
    void protect(Space space, Vma vma, int start, int end, boolean writable) {
        FolioTest opens = draft.rules.get(Decisions.PROTECT_OPENS);
        for (int page = start; page < end; page++) {
            if (space.pte(page) instanceof Pte.Present present && present.writable() != writable) {
                Folio folio = draft.folio(present.folio());
                if (!writable || opens.holds(draft, vma, folio)) {
                    space.setPte(page, new Pte.Present(present.folio(), writable));
                }
            }
        }
    }

    /// Ties the anonymous folios of a range to another anon_vma (`page_move_anon_rmap` in the 2022 series).
    void repoint(Space space, int start, int end, Vma owner, int anonVma) {
        if (owner.anonVma() != anonVma) {
            rewrite(space, start, end, folio -> folio.withMapping(anonVma, folio.index()));
        }
    }

    /// Gives the anonymous folios of a range the index that they have at another offset.
    void reindex(Space space, int start, int end, int delta) {
        rewrite(space, start, end, folio -> folio.withMapping(folio.mapping(), folio.index() + delta));
    }

    private void rewrite(Space space, int start, int end, UnaryOperator<Folio> change) {
        boolean swapCache = draft.rules.get(Decisions.REWRITES_SWAP_CACHE);
        for (int page = start; page < end; page++) {
            Folio folio = switch (space.pte(page)) {
                case Pte.Present present -> draft.folio(present.folio());
                case Pte.Swap swap when swapCache -> inSwapCache(swap);
                case null, default -> null;
            };
            if (folio != null && folio.anonymous()) {
                put(change.apply(folio));
            }
        }
    }

    /// The folio in the swap cache that an entry leads to, if there is one that tells where it belongs.
    private @Nullable Folio inSwapCache(Pte.Swap swap) {
        int cached = draft.slot(swap.slot()).cached();
        Folio folio = cached == Vma.NONE ? null : draft.folio(cached);
        return folio == null || folio.mapping() == Vma.NONE ? null : folio;
    }

    /// Makes the nameless object behind a shared anonymous mapping.
    int newShmem(int size) {
        int inode = draft.inodes.size();
        draft.inodes.add(new Inode(inode, size, true, Table.empty(), 0));
        int file = draft.files.size();
        draft.files.add(new OpenFile(file, inode, true));
        return file;
    }
}
