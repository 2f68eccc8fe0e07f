package vmacheck.kernel;

import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.Reindex;
import vmacheck.rules.Repoint;
import vmacheck.rules.Rules;

/// What an mremap does to the pages that it moves if their VMA gets another offset or anon_vma (2022 series:
/// `update_faulted_pgoff`, `update_pgoff_page`).
final class Rewriting {
    private final Context k;
    private final Rules rules;
    private final Space space;
    private final int addr;
    private final int length;
    private final int newAddr;
    private boolean reindexed;

    Rewriting(Context context, Space space, int addr, int length, int newAddr) {
        k = context;
        rules = context.draft.rules;
        this.space = space;
        this.addr = addr;
        this.length = length;
        this.newAddr = newAddr;
    }

    /// Gives pages the index of their destination, if that is what the VMA's offset will be.
    void reindex(Vma source, int pgoff) {
        Reindex which = rules.get(Decisions.REINDEX);
        if (which == Reindex.NONE || !source.isFaulted() || !source.isAnonymous() || pgoff != newAddr) {
            return;
        }
        reindexed = true;
        if (which == Reindex.MOVED_RANGE) {
            k.pages.reindex(space, addr, addr + length, pgoff - source.indexOf(addr));
        } else {
            // Counted from the start of the VMA, whatever part of it moves.
            k.pages.reindex(space, source.start(), source.end(), pgoff - source.pgoff());
        }
    }

    /// Ties the pages to the anon_vma of the VMA that they move to.
    void repoint(Vma source, Vma destination) {
        if (rules.get(Decisions.REPOINT).takesIn(reindexed ? Repoint.REINDEXED : Repoint.MOVED)) {
            k.pages.repoint(space, addr, addr + length, source, destination.anonVma());
        }
    }
}
