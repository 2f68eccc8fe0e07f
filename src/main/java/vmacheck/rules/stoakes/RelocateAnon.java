package vmacheck.rules.stoakes;

import static vmacheck.rules.Decisions.*;

import vmacheck.model.AnonVma;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.Rules;
import vmacheck.rules.SourceNeighbour;
import vmacheck.rules.View;
import vmacheck.rules.linux.Linux;

/// Lorenzo Stoakes, "mm/mremap: introduce more mergeable mremap via MREMAP_RELOCATE_ANON" (2025). What moves and merges
/// with nothing is made to look as if it had been touched at its destination first, then merged once more.
///
/// The proposal does so where the caller sets a flag, and moves as usual where it cannot. Here it does so always, as its
/// author tested it: no kernel knows the flag, and what it does to a call without it is what 6.18 does. The flag that
/// makes the call fail instead (MREMAP_MUST_RELOCATE_ANON) leaves nothing else behind.
public final class RelocateAnon {
    private static final String POSTED = "RFC v3 of 3 May 2025, on 6.15";

    /// As posted, on 6.18.44.
    ///
    /// - eligible is faulted anonymous memory that is no fork child and has no children now
    /// - entries that are not present are passed over, and so are their pages in the swap cache
    /// - the second merge can remove the source, which the call then goes on to use
    /// - with dontunmap the second merge can join the source, which then loses its locks with all that it joined
    public static final Rules POSTED_LAST = Linux.V6_18
            .with(
                    RELOCATES,
                    new Answer<>("anonymous memory that no fork has to do with", POSTED, RelocateAnon::isEligible))
            .with(RELOCATION_FINDS_SOURCE, new Answer<>("no", POSTED, false))
            .named("relocate-anon", "the 2025 series as posted, for every move, on 6.18.44");

    /// With the three repairs that it needs.
    public static final Rules MENDED = POSTED_LAST
            .with(RELOCATION_FINDS_SOURCE, Linux.V6_18.answer(RELOCATION_FINDS_SOURCE))
            .with(REWRITES_SWAP_CACHE, new Answer<>("yes", "the 2025 series, mended", true))
            .with(
                    DONTUNMAP_SOURCE,
                    new Answer<>("only while unfaulted", "the 2025 series, mended", SourceNeighbour.JOINS_UNFAULTED))
            .named("relocate-anon-mended", "the 2025 series, mended in three places");

    private RelocateAnon() {}

    /// `should_relocate_anon`, `vma_maybe_has_shared_anon_folios`.
    private static boolean isEligible(View view, Vma source) {
        if (!source.isAnonymous() || !source.isFaulted() || source.has(VmFlags.SPECIAL) || source.isForkChild()) {
            return false;
        }
        AnonVma own = view.anonVma(source.anonVma());
        return own.children() <= (own.isRoot() ? 1 : 0);
    }
}
