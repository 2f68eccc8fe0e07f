package vmacheck.rules.matena;

import static vmacheck.rules.Decisions.*;

import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.MergeTest;
import vmacheck.rules.Reindex;
import vmacheck.rules.Repoint;
import vmacheck.rules.Rules;
import vmacheck.rules.SidesTest;
import vmacheck.rules.SourceNeighbour;
import vmacheck.rules.View;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;

/// Jakub Matěna, "Removing limitations of merging anonymous VMAs" (2022): one patch gives moved memory the offset of its
/// destination, the other merges VMAs with different anon_vmas. `docs/proposals.md` has the verdicts.
public final class Matena {
    private static final String FIRST = "RFC v1 of 18 February 2022, on 5.17-rc4";
    private static final String LAST = "RFC v3 of 16 May 2022, on 5.18-rc2";
    private static final String MEANT = "the 2022 series as meant";

    private static final DifferentAnonVmas NOT_FORKED = new DifferentAnonVmas(true, true);

    private static final Answer<MergeTest> UNSHARED_RANGE =
            new Answer<>("as before, or different if the range's is a root without children", MEANT, NOT_FORKED);

    private static final Answer<SidesTest> UNSHARED_NEXT = new Answer<>(
            "one unfaulted, the same, or next's a root without children", MEANT, new DifferentSides(NOT_FORKED));

    /// The first posting, both patches, read word by word.
    ///
    /// - the pages of the whole VMA get another index, whatever part of it moves
    /// - of three VMAs the lower one is asked whether it is shared, and the upper one's pages are rewritten
    /// - pages that mremap brings, or that a part of a VMA gives to its neighbour, keep their anon_vma
    /// - swapped pages are not looked at
    /// - memory that mremap keeps (dontunmap) can merge with its copy, and both lose their locks
    public static final Rules V1 = Linux.V5_17
            .with(
                    MOVED_PGOFF,
                    new Answer<>(
                            "the destination's if anonymous and no page of the VMA is mapped elsewhere, else its own",
                            FIRST,
                            Matena::firstOffset))
            .with(REINDEX, new Answer<>("every page of the source VMA", FIRST, Reindex.WHOLE_VMA))
            .with(COMPATIBLE_ANON_VMA, UNSHARED_RANGE)
            .with(
                    COMPATIBLE_SIDES,
                    new Answer<>(
                            "one unfaulted, the same, or prev's a root without children",
                            FIRST,
                            (view, candidate, prev, next) ->
                                    Conditions.SIDES.value().allows(view, candidate, prev, next)
                                            || NOT_FORKED.mayGiveUp(view, prev.anonVma())))
            .with(REPOINT, new Answer<>("those of a removed VMA", FIRST, Repoint.REMOVED_VMA))
            .named("matena-v1", "the 2022 series as posted first, both patches, on 5.17");

    /// The last posting, both patches, read word by word.
    ///
    /// - `can_update_faulted_pgoff` says yes where it sees that memory was forked, which is the wrong way round
    /// - pages that mremap brings are tied to another anon_vma only together with another index, so not those of files
    ///   that were written privately
    /// - pages in the swap cache keep their anon_vma when a merge gives their VMA another one
    /// - memory that mremap keeps (dontunmap) can merge with its copy, as in the first posting
    /// - mremap growth joins the next VMA (as 6.1 does)
    public static final Rules V3 = Linux.V5_17
            .with(
                    MOVED_PGOFF,
                    new Answer<>(
                            "the destination's if anonymous and forked or without shared pages, else its own",
                            LAST,
                            Matena::lastOffset))
            .with(REINDEX, new Answer<>("those that move", LAST, Reindex.MOVED_RANGE))
            .with(COMPATIBLE_ANON_VMA, UNSHARED_RANGE)
            .with(COMPATIBLE_SIDES, UNSHARED_NEXT)
            .with(
                    REPOINT,
                    new Answer<>("those of changed ranges, and what moves to another offset", LAST, Repoint.REINDEXED))
            .with(GROWTH_MERGES_NEXT, Linux.V6_1.answer(GROWTH_MERGES_NEXT))
            .named("matena-v3", "the 2022 series as posted last, both patches, on 5.17");

    /// 5.17 where fork no longer hands out an anon_vma that is in use (CVE-2022-42703, mended in 6.0), so that what is
    /// seen is the proposal's.
    private static final Rules BASE = Linux.V5_17.with(REUSES_ANON_VMA, Conditions.REUSES_IDLE);

    /// The first of the two patches alone, as meant: moved memory gets the offset of its destination.
    public static final Rules PGOFF = pgoff(BASE)
            .with(REWRITES_SWAP_CACHE, swapCache())
            .named("matena-pgoff", "the 2022 series as meant, only the offsets of moved memory");

    /// The second patch alone, as meant: different anon_vmas merge.
    public static final Rules ANON_VMA = anonVma(BASE)
            .with(REWRITES_SWAP_CACHE, swapCache())
            .named("matena-anon-vma", "the 2022 series as meant, only the merging of different anon_vmas");

    /// The series as meant, on 5.17.
    ///
    /// - memory gets the offset of its destination if its anon_vma has no parent and no children, and no page that moves
    ///   is mapped or swapped elsewhere
    /// - a range may give up its anon_vma for its neighbour's if that has no parent and no children
    /// - whatever changes its VMA is rewritten, pages in the swap cache too
    /// - memory that mremap copies and keeps (dontunmap) does not merge with its copy, or both would lose their locks
    public static final Rules MEANT_BOTH = anonVma(pgoff(BASE))
            .with(REWRITES_SWAP_CACHE, swapCache())
            .with(GROWTH_MERGES_NEXT, Linux.V6_1.answer(GROWTH_MERGES_NEXT))
            .named("matena", "the 2022 series as meant, both patches, on 5.17");

    private Matena() {}

    private static Rules pgoff(Rules base) {
        return base.with(
                        MOVED_PGOFF,
                        new Answer<>(
                                "the destination's if anonymous and not forked and without shared pages, else its own",
                                MEANT,
                                new DestinationOffset(true, true, true)))
                .with(REINDEX, V3.answer(REINDEX))
                .with(DONTUNMAP_SOURCE, new Answer<>("only while unfaulted", MEANT, SourceNeighbour.JOINS_UNFAULTED));
    }

    private static Rules anonVma(Rules base) {
        return base.with(COMPATIBLE_ANON_VMA, UNSHARED_RANGE)
                .with(COMPATIBLE_SIDES, UNSHARED_NEXT)
                .with(REPOINT, new Answer<>("those of every range that changes its VMA", MEANT, Repoint.MOVED));
    }

    private static Answer<Boolean> swapCache() {
        return new Answer<>("yes", MEANT, true);
    }

    /// `update_faulted_pgoff` of the first posting.
    private static int firstOffset(View view, int process, Vma source, int from, int length, int to) {
        boolean updates = source.isAnonymous()
                && source.isFaulted()
                && NOT_FORKED.mayGiveUp(view, source.anonVma())
                && !Sharing.mapsSharedPages(view, process, source.start(), source.end());
        return updates ? to : Conditions.KEPT_UNLESS_UNFAULTED.value().pgoff(view, process, source, from, length, to);
    }

    /// `can_update_faulted_pgoff` of the last posting.
    private static int lastOffset(View view, int process, Vma source, int from, int length, int to) {
        boolean updates = source.isAnonymous()
                && source.isFaulted()
                && (!NOT_FORKED.mayGiveUp(view, source.anonVma())
                        || !Sharing.sharesPagesOrCaches(view, process, source.start(), source.end()));
        return updates ? to : Conditions.KEPT_UNLESS_UNFAULTED.value().pgoff(view, process, source, from, length, to);
    }
}
