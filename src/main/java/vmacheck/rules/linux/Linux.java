package vmacheck.rules.linux;

import static vmacheck.rules.Decisions.*;

import vmacheck.model.VmFlags;
import vmacheck.rules.Answer;
import vmacheck.rules.BrkGrowth;
import vmacheck.rules.ChainSource;
import vmacheck.rules.Counting;
import vmacheck.rules.LimitCheck;
import vmacheck.rules.Reindex;
import vmacheck.rules.RelocateTest;
import vmacheck.rules.Repoint;
import vmacheck.rules.Rules;
import vmacheck.rules.SourceNeighbour;
import vmacheck.rules.StaleWalk;
import vmacheck.rules.SwapInOwner;
import vmacheck.rules.TakeOver;

/// The kernel versions, from the oldest to the newest; each names what it answers differently.
public final class Linux {
    /// Linux 5.17, the base of the 2022 series.
    ///
    /// - a faulted range never joins an unfaulted neighbour
    /// - mremap growth in place does not reach for the next VMA, and mremap unmaps before it checks
    /// - no anon-exclusive bit; fork hands out anon_vmas again by one combined counter (CVE-2022-42703)
    /// - no mseal, no guard regions
    public static final Rules V5_17 = Rules.blank()
            .with(MERGING, Conditions.MERGES)
            .with(NOT_SPECIAL, Conditions.NOT_SPECIAL)
            .with(SAME_FLAGS, Conditions.FLAGS_BUT_SOFTDIRTY)
            .with(SAME_FILE, Conditions.SAME_FILE)
            .with(SAME_POLICY, Conditions.SAME_POLICY)
            .with(SAME_UFFD, Conditions.SAME_UFFD)
            .with(SAME_NAME, Conditions.SAME_NAME)
            .with(COMPATIBLE_ANON_VMA, Conditions.ANON_VMA_SINGULAR_NEIGHBOUR)
            .with(CONTIGUOUS_PGOFF, Conditions.CONTIGUOUS_PGOFF)
            .with(COMPATIBLE_SIDES, Conditions.SIDES)
            .with(STICKY_FLAGS, new Answer<>("none", "up to 6.18.35", 0L))
            .with(EXPAND_CHAIN, new Answer<>("the removed VMA's", "up to 6.18.7", ChainSource.REMOVED))
            .with(
                    MODIFY_CHAIN,
                    new Answer<>(
                            "the removed or shrunk VMA's",
                            "287d97ac0321 (2.6.34) and later",
                            ChainSource.REMOVED_OR_COPIED))
            .with(
                    TAKE_OVER,
                    new Answer<>("named, then linked", "b800c91a0517 (3.19) and later", TakeOver.NAMED_AND_LINKED))
            .with(REPOINT, new Answer<>("none", "all versions", Repoint.NONE))
            .with(MMAP_ASKS_NEXT_FIRST, no("5.17"))
            .with(GROWTH_MERGES_NEXT, no("up to 6.0"))
            .with(PREPENDING_MOVES_PGOFF, yes("all but 6.3.0"))
            .with(DEFAULT_FLAGS_FIRST, yes("all versions for mlockall"))
            .with(
                    BRK_GROWTH,
                    new Answer<>("any below that a merge allows", "5.17.0-rc5 (observed)", BrkGrowth.MERGE_ANY))
            .with(LENDS_ANON_VMA, Conditions.LENDS_SINGULAR)
            .with(REUSES_ANON_VMA, Conditions.REUSES_BY_DEGREE)
            .with(FORK_LINKS_PARENT_CHAIN, yes("all versions"))
            .with(FORK_SHARES_SIBLINGS, no("all but 5.5 to 5.7"))
            .with(FORK_SKIPS, Conditions.SKIPS_DONTCOPY)
            .with(FORK_WIPES, Conditions.WIPES_WIPEONFORK)
            .with(FORK_COPIES, Conditions.COPIES_FAULTED_OR_GUARDED)
            .with(FORK_CLEARS, new Answer<>("locked, lock-on-fault", "all versions", VmFlags.LOCK_BITS))
            .with(SPLIT_CLONES_CHAIN, yes("all versions"))
            .with(MOVED_PGOFF, Conditions.KEPT_UNLESS_UNFAULTED)
            .with(REINDEX, new Answer<>("none", "all versions", Reindex.NONE))
            .with(REWRITES_SWAP_CACHE, no("all versions: nothing is rewritten"))
            .with(RELOCATES, new Answer<>("none", "all versions", RelocateTest.NEVER))
            .with(RELOCATION_FINDS_SOURCE, yes("all versions: nothing is relocated"))
            .with(MREMAP_CHECKS_FIRST, no("up to 6.16"))
            .with(MREMAP_MOVES_SEVERAL, no("up to 6.16"))
            .with(MREMAP_REFUSES_NOTHING, yes("2.4.24, 2.6.1 and later"))
            .with(MREMAP_DUPLICATES_PRIVATE, no("dba58d3b8c50 (4.14) and later"))
            .with(MREMAP_NEEDS_SOURCE, yes("all but 5.17-rc"))
            .with(
                    MREMAP_LIMIT,
                    new Answer<>("before the destination is unmapped", "ea2c3f6f5545 (5.2)", LimitCheck.PLACED))
            .with(MOVE_CHARGES_AGAIN, no("all but 6.5"))
            .with(REST_AT_ZERO_ACCOUNTED, yes("all but 6.3 to 6.14"))
            .with(STALE_WALK, new Answer<>("none", "all but 6.3, 6.4 and 6.17", StaleWalk.NONE))
            .with(COUNTING, new Answer<>("all", "all versions", Counting.ALL))
            .with(PROTECT_OPENS, Conditions.OPENS_EXCLUSIVE)
            .with(NOREPLACE_LOOKS_INSIDE, yes("7aa867dd8952 (4.19) and later"))
            .with(ADVICE_MERGES, yes("05b7438475dd (2.6.13) and later"))
            .with(ADVICE_REACHES_SURVIVOR, yes("836d5ffd3455 (2.6.14) and later"))
            .with(UNMERGEABLE_KEEPS_FLAGS, yes("no flag above bit 31 (5.17), f04aad36a07c (6.18) and later"))
            .with(MLOCK_COUNTS_TWICE, no("0cf2f6f6dc60 (4.9) and later"))
            .with(BRK_EXPECTS_HEAP, no("all but 6.1-rc"))
            .with(BRK_SHRINKS_NOTHING, yes("5.17.0-rc5 (observed)"))
            .with(DONTUNMAP_ASKS_COMMIT, yes("ad8ee77ea9db (5.13) and later"))
            .with(SHRINKING_MOVE_CHARGES, no("5.17"))
            .with(DONTUNMAP_SOURCE, new Answer<>("yes", "5.17, 6.18.44 (observed)", SourceNeighbour.JOINS))
            .with(DONTUNMAP_SPLITS_LOCKED, no("5.17, 6.18.44 (observed)"))
            .with(DONTUNMAP_RESETS_PGOFF, no("5.17, 6.18.44 (observed)"))
            .with(DONTUNMAP_COUNTS_LOCKED, no("up to 6.14; 6.1.176, 6.1.192 (observed)"))
            .with(MPROTECT_DROPS_ACCOUNT, no("5.17, 6.1"))
            .with(ONFAULT_NEEDS_ACCESS, yes("5.17 (observed)"))
            .with(POPULATE_SKIPS_HOLES, yes("up to 6.8"))
            .with(SEALING, no("up to 6.9"))
            .with(SEAL_FORBIDS, Conditions.FORBIDS_ALL_BUT_LOSSLESS_DISCARD)
            .with(REMOVE_ASKS_WRITE, yes("5.17.0-rc5 (observed)"))
            .with(DISCARDS_LOCKED, no("up to 5.17"))
            .with(GUARD_REGIONS, no("up to 6.12"))
            .with(EXCLUSIVE_BIT, no("up to 5.18"))
            .with(REUSE_MOVES_FOLIO, no("5.17"))
            .with(REUSE_ASKS_MAPCOUNT, yes("all versions"))
            .with(SHARED_SWAP_IN, new Answer<>("the root", "ea90002b0fa7 (2.6.34) and later", SwapInOwner.ROOT))
            .with(ZEROS_SKIP_SWAP, no("all versions before 6.12"))
            .with(HUGE_PAGES, yes("Debian on x86-64"))
            .with(PAGE_MERGING, yes("Debian on x86-64"))
            .with(HEAP_EXECUTABLE, no("x86-64 without READ_IMPLIES_EXEC"))
            .with(WRITE_IMPLIES_READ, yes("x86-64: any access suffices for a load"))
            .with(PLACES_FROM_TOP, yes("x86-64"))
            .named("linux-5.17", "the base of the 2022 series: the eight cases of vma_merge");

    /// Linux 5.17-rc5: what was repaired before 5.17 was out.
    public static final Rules V5_17_RC5 = V5_17.with(MREMAP_NEEDS_SOURCE, no("5.17.0-rc5 (observed)"))
            .named("linux-5.17.0-rc5", "Linux 5.17-rc5: mremap of what is not mapped gives back 14");

    /// Linux 6.1.192, as in Debian 12.
    ///
    /// - mmap asks the VMA above first; the maple tree brought that, 6.12 took it back
    /// - growth in place joins the next VMA, fork needs an idle anon_vma to hand it out again
    /// - the three repairs of MREMAP_DONTUNMAP that came with 6.1.19x
    /// - anon-exclusive bit
    public static final Rules V6_1 = V5_17.with(GROWTH_MERGES_NEXT, yes("ca3d76b0aa80 (6.1)"))
            .with(MMAP_ASKS_NEXT_FIRST, yes("mmap_region, 6.1.192 (observed)"))
            .with(
                    DONTUNMAP_SOURCE,
                    new Answer<>(
                            "no, and nothing merges next to it",
                            "838bb60dc215 as in 6.1.192 (observed)",
                            SourceNeighbour.NOTHING_JOINS))
            .with(DONTUNMAP_SPLITS_LOCKED, yes("597e4b9ab48a, in 6.1.192 (observed)"))
            .with(DONTUNMAP_RESETS_PGOFF, yes("move_vma, in 6.1.192 (observed)"))
            .with(REUSES_ANON_VMA, Conditions.REUSES_IDLE)
            .with(ONFAULT_NEEDS_ACCESS, no("6.1 (observed) and later"))
            .with(BRK_GROWTH, new Answer<>("the heap if a merge allows", "all from 6.1, but 6.1-rc", BrkGrowth.MERGE))
            .with(BRK_SHRINKS_NOTHING, no("6.1.176 (observed)"))
            .with(REMOVE_ASKS_WRITE, no("e8e17ee90eaf (6.7), 6.1.176 (observed)"))
            .with(DISCARDS_LOCKED, yes("9457056ac426 (5.18)"))
            .with(EXCLUSIVE_BIT, yes("5.19"))
            .with(REUSE_MOVES_FOLIO, yes("6.1"))
            .named("linux-6.1", "Linux 6.1.192: a faulted range never joins an unfaulted neighbour");

    /// Linux 6.1.176, as in Debian 12's user-mode-linux: before the repairs of MREMAP_DONTUNMAP.
    public static final Rules V6_1_176 = V6_1.with(DONTUNMAP_SOURCE, V5_17.answer(DONTUNMAP_SOURCE))
            .with(DONTUNMAP_SPLITS_LOCKED, V5_17.answer(DONTUNMAP_SPLITS_LOCKED))
            .with(DONTUNMAP_RESETS_PGOFF, V5_17.answer(DONTUNMAP_RESETS_PGOFF))
            .named("linux-6.1.176", "Linux 6.1.176: mremap that keeps the source loses count of locked pages");

    /// Linux 6.12.117, as in Debian's backport.
    ///
    /// - mmap asks the VMA below first again: one function merges every new range (cacded5e42b9)
    /// - mprotect gives accounting back, a hole stops populate, mseal
    public static final Rules V6_12 = V6_1.with(MMAP_ASKS_NEXT_FIRST, no("cacded5e42b9 (6.12)"))
            .with(
                    DONTUNMAP_SOURCE,
                    new Answer<>(
                            "no, only others", "838bb60dc215 as in 6.12.117 (observed)", SourceNeighbour.PASSED_OVER))
            .with(MPROTECT_DROPS_ACCOUNT, yes("6.12 (observed)"))
            .with(POPULATE_SKIPS_HOLES, no("631426ba1d45 (6.9)"))
            .with(SEALING, yes("6.10"))
            .with(ZEROS_SKIP_SWAP, yes("0ca0c24e3211 (6.12)"))
            .named("linux-6.12", "Linux 6.12.117: as 6.1, but mmap asks the VMA below first, and mseal");

    /// Linux 6.16, without the January 2026 fixes.
    ///
    /// - a faulted range may join an unfaulted neighbour (879bca0a2c4f), but one that mremap brings leaves the
    ///   survivor without its anon_vma: use after free (CVE-2026-23077)
    /// - MREMAP_DONTUNMAP without the repairs that 6.12.117 has
    /// - guard regions
    public static final Rules V6_16 = V6_12.with(COMPATIBLE_ANON_VMA, Conditions.ANON_VMA_UNCHECKED_COPY)
            .with(DONTUNMAP_SOURCE, V5_17.answer(DONTUNMAP_SOURCE))
            .with(DONTUNMAP_SPLITS_LOCKED, V5_17.answer(DONTUNMAP_SPLITS_LOCKED))
            .with(DONTUNMAP_RESETS_PGOFF, V5_17.answer(DONTUNMAP_RESETS_PGOFF))
            .with(DONTUNMAP_COUNTS_LOCKED, yes("6.15 (read), 6.18.44 (observed)"))
            .with(SHRINKING_MOVE_CHARGES, yes("6.15 (read), 6.18.44 (observed: Committed_AS grows for ever)"))
            .with(GUARD_REGIONS, yes("6.13"))
            .named("linux-6.16", "faulted may join unfaulted; mremap loses the anon_vma (CVE-2026-23077)");

    /// Linux 6.18.44, as observed.
    ///
    /// - what mremap copies hands its chain on and is checked for being a fork child (61f67c230a5e, 3b617fd3d317)
    /// - mremap checks before it unmaps and may move several VMAs
    /// - the maybe-guard flag does not keep VMAs apart and spreads over what is merged
    public static final Rules V6_18 = V6_16.with(COMPATIBLE_ANON_VMA, Conditions.ANON_VMA_NO_FORK_CHILD)
            .with(
                    EXPAND_CHAIN,
                    new Answer<>(
                            "the removed or the copied VMA's",
                            "61f67c230a5e (6.18.8, 6.19)",
                            ChainSource.REMOVED_OR_COPIED))
            .with(SAME_FLAGS, Conditions.FLAGS_BUT_STICKY)
            .with(STICKY_FLAGS, new Answer<>("maybe-guard", "6.18.44 (observed), 6.19", VmFlags.MAYBE_GUARD))
            .with(MREMAP_CHECKS_FIRST, yes("6.17"))
            .with(MREMAP_MOVES_SEVERAL, yes("6.17"))
            .named("linux-6.18", "Linux 6.18.44");

    /// Linux 6.18.35, before the flag for guard regions was taken over from 6.19.
    ///
    /// - guard regions have no flag: they tie a VMA to an anon_vma instead, and keep nothing apart
    public static final Rules V6_18_35 = V6_18.with(SAME_FLAGS, V6_16.answer(SAME_FLAGS))
            .with(STICKY_FLAGS, V6_16.answer(STICKY_FLAGS))
            .named("linux-6.18.35", "Linux 6.18.35: without the flag for guard regions");

    /// Linux 7.1.5.
    ///
    /// - every mremap, also one that shrinks, needs room for four VMAs more
    public static final Rules V7_1 = V6_18.with(
                    MREMAP_LIMIT, new Answer<>("before anything else", "7.1.5 (observed)", LimitCheck.ALWAYS))
            .named("linux-7.1", "Linux 7.1.5: every mremap needs room for four VMAs more");

    /// Linux 6.18 with merging switched off: what user space sees must not depend on it.
    public static final Rules NEVER_MERGE =
            neverMerging(V6_18).named("never-merge", "Linux 6.18 with merging switched off");

    private Linux() {}

    /// The same rules, merging nothing.
    public static Rules neverMerging(Rules rules) {
        return rules.with(MERGING, Conditions.NEVER_MERGES);
    }

    private static Answer<Boolean> yes(String source) {
        return new Answer<>("yes", source, true);
    }

    private static Answer<Boolean> no(String source) {
        return new Answer<>("no", source, false);
    }
}
