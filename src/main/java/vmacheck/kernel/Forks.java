package vmacheck.kernel;

import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.model.AddressSpace;
import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Table;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.VmaTest;

/// fork (`dup_mmap`, `copy_page_range`).
final class Forks {
    private final Context k;
    private final Draft draft;

    Forks(Context context) {
        k = context;
        draft = context.draft;
    }

    /// Makes a child of a process, if what it inherits may be committed once more.
    Result fork(Space parent) {
        VmaTest skips = draft.rules.get(Decisions.FORK_SKIPS);
        int accounted = 0;
        for (int i = 0; i < parent.count(); i++) {
            Vma vma = parent.at(i);
            boolean counts = vma.has(VmFlags.ACCOUNT) && draft.commits(Counting.Occasion.FORK, vma.flags());
            accounted += counts && !skips.holds(draft, vma) ? vma.pages() : 0;
        }
        return draft.charge(accounted) ? new Result.Child(child(parent, skips)) : Outcome.failure(Errno.ENOMEM);
    }

    private int child(Space parent, VmaTest skips) {
        Space child = draft.addProcess(
                parent.process,
                new AddressSpace(
                        Table.empty(),
                        Table.ofSize(draft.arenaPages()),
                        0,
                        parent.totalVm,
                        parent.dataVm,
                        0,
                        parent.startBrk,
                        parent.brk,
                        0));
        for (int i = 0; i < parent.count(); i++) {
            Vma vma = parent.at(i);
            if (skips.holds(draft, vma)) {
                draft.count(child, Counting.Occasion.FORK, vma.flags(), -vma.pages());
            } else {
                copy(parent, child, vma);
            }
        }
        return child.process;
    }

    private void copy(Space parent, Space child, Vma vma) {
        boolean wipe = draft.rules.get(Decisions.FORK_WIPES).holds(draft, vma);
        Vma copy = vma.withId(draft.newVmaId()).withFlags(vma.flags() & ~draft.rules.get(Decisions.FORK_CLEARS));
        child.insert(
                wipe
                        ? copy.withAnonVma(Vma.NONE, Chain.EMPTY)
                        : k.anonVmas.fork(child.process, copy, vma, parent.before(vma.start())));
        if (!wipe && draft.rules.get(Decisions.FORK_COPIES).holds(draft, vma)) {
            for (int page = vma.start(); page < vma.end(); page++) {
                copyPage(parent, child, vma, page);
            }
        }
    }

    private void copyPage(Space parent, Space child, Vma vma, int page) {
        Pte pte = parent.pte(page);
        switch (pte) {
            case null -> {}
            case Pte.Zero _, Pte.Guard _ -> child.setPte(page, pte);
            case Pte.Swap swap -> {
                SwapSlot slot = draft.slots.need(swap.slot());
                draft.slots.set(slot.id(), slot.withCount(slot.count() + 1));
                Pte shared = new Pte.Swap(swap.slot(), false);
                parent.setPte(page, shared);
                child.setPte(page, shared);
            }
            case Pte.Present present -> {
                Folio folio = draft.folio(present.folio());
                k.pages.put(folio.withMapcount(folio.mapcount() + 1)
                        .withExclusive(false)
                        .withLazyFree(folio.lazyFree().inherited(parent.process, child.process)));
                Pte shared = vma.isPrivate() ? new Pte.Present(folio.id(), false) : present;
                parent.setPte(page, shared);
                child.setPte(page, shared);
            }
        }
    }
}
