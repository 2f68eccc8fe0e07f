package vmacheck.rules.bugs;

import static vmacheck.rules.Decisions.*;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import vmacheck.rules.Answer;
import vmacheck.rules.BrkGrowth;
import vmacheck.rules.ChainSource;
import vmacheck.rules.Decision;
import vmacheck.rules.LimitCheck;
import vmacheck.rules.Rules;
import vmacheck.rules.StaleWalk;
import vmacheck.rules.TakeOver;
import vmacheck.rules.bugs.Bug.Kind;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;

/// The bugs that a model of VMAs, anon_vmas and pages can have, in the order in which they were repaired.
///
/// Each is a version of ours with one answer replaced: the version nearest to the kernels that had the bug, of those
/// that do not have it. Versions of ours that have it as well are named beside it ([Bug#alsoIn]).
public final class Bugs {
    /// For what needs that faulted and unfaulted memory merge whichever of them grows, as before 3.0 and from 6.16 on: the
    /// oldest version of ours that does so and has none of the bugs of this list that come with it.
    private static final Rules PERMISSIVE = Linux.V6_18_35;

    public static final Vector<Bug> ALL = Vector.of(
            bug("mremap-zero-length-vma", "mremap to a length of zero leaves an empty VMA")
                    .breaks("vmas-disjoint", 2, Kind.BROKEN_LIST)
                    .fixedBy("2.4.24 and 2.6.1 (CVE-2003-0985)")
                    .in(Linux.V5_17, MREMAP_REFUSES_NOTHING, no("up to 2.6.0")),
            bug("mremap-ignored-unmap", "mremap goes on if its destination cannot be unmapped")
                    .breaks("vmas-disjoint", 5, Kind.BROKEN_LIST)
                    .fixedBy("2.4.25 and 2.6.3 (CVE-2004-0077)")
                    .in(Linux.V5_17, MREMAP_LIMIT, new Answer<>("nowhere", "up to 2.6.2", LimitCheck.NEVER)),
            bug("madvise-split-never-remerged", "madvise splits VMAs and never joins them again")
                    .breaks("no-missed-merge", 3, Kind.MISSED_MERGE)
                    .fixedBy("05b7438475dd")
                    .in(PERMISSIVE, ADVICE_MERGES, no("up to 2.6.12")),
            bug("madvise-case8-and-cursor", "madvise that makes a VMA swallow the next one forgets the new advice")
                    .breaks("flags-as-asked", 4, Kind.WRONG_FLAGS)
                    .fixedBy("836d5ffd3455")
                    .in(Linux.V5_17, ADVICE_REACHES_SURVIVOR, no("2.6.13")),
            bug("adjust-clones-wrong-source", "an unfaulted VMA that grows over a faulted one clones its own chain")
                    .breaks("chain-covers", 4, Kind.LOST_RMAP)
                    .fixedBy("287d97ac0321")
                    .in(PERMISSIVE, TAKE_OVER, new Answer<>("named only", "2.6.34-rc1 to rc3", TakeOver.NAMED_ONLY)),
            bug("prepare-reuses-long-chain", "the first fault borrows the anon_vma of a fork child")
                    .breaks("same-anon-vma-same-chain", 7, Kind.LOST_RMAP)
                    .fixedBy("d0e9fe1758f2")
                    .in(Linux.V5_17, LENDS_ANON_VMA, Conditions.LENDS_ANY),
            bug("adjust-clone-before-assign", "a merge clones a chain before it names the anon_vma")
                    .breaks("anon-vma-counts", 5, Kind.LOST_RMAP)
                    .fixedBy("b800c91a0517")
                    .in(
                            Linux.V5_17,
                            TAKE_OVER,
                            new Answer<>("linked, then named", "3.19-rc4", TakeOver.LINKED_THEN_NAMED)),
            bug("mlock-limit-double-count", "mlock counts what is locked already against the limit")
                    .breaks("limits", 3, Kind.WRONG_ACCOUNTING)
                    .fixedBy("0cf2f6f6dc60")
                    .in(Linux.V5_17, MLOCK_COUNTS_TWICE, yes("up to 4.8")),
            bug("mremap-old-len-zero-private", "mremap duplicates private memory and brings no contents")
                    .breaks("moved-contents", 4, Kind.LOST_DATA)
                    .fixedBy("dba58d3b8c50")
                    .in(Linux.V5_17, MREMAP_DUPLICATES_PRIVATE, yes("up to 4.13")),
            bug("mremap-fixed-limit-loses-dest", "mremap unmaps its destination, then meets the limit of VMAs")
                    .breaks("failed-call-keeps-state", 3, Kind.PARTIAL_FAILURE)
                    .fixedBy("ea2c3f6f5545")
                    .in(Linux.V5_17, MREMAP_LIMIT, new Answer<>("in the move", "up to 5.1", LimitCheck.IN_THE_MOVE)),
            bug("fork-shares-parent-anon-vma", "fork gives a child the anon_vma of its parent")
                    .breaks("same-anon-vma-same-chain", 5, Kind.LOST_RMAP)
                    .fixedBy("23ab76bf907f")
                    .in(Linux.V5_17, FORK_SHARES_SIBLINGS, yes("4e4a9eb92133 (5.5) to 5.7")),
            bug("dontunmap-commit-unchecked", "mremap(dontunmap) commits more than the limit allows")
                    .breaks("limits", 2, Kind.WRONG_ACCOUNTING)
                    .fixedBy("ad8ee77ea9db")
                    .in(Linux.V5_17, DONTUNMAP_ASKS_COMMIT, no("5.7 to 5.12")),
            bug("mremap-positive-errno", "mremap of an address that is not mapped gives back 14")
                    .breaks("moved-contents", 1, Kind.WRONG_RESULT)
                    .fixedBy("7d1e64966162")
                    .alsoIn(Linux.V5_17_RC5)
                    .in(Linux.V5_17, MREMAP_NEEDS_SOURCE, no("5.17 (observed)")),
            bug("anon-vma-double-reuse", "fork hands out an anon_vma that is in use (CVE-2022-42703)")
                    .breaks("same-anon-vma-same-chain", 7, Kind.LOST_RMAP)
                    .fixedBy("2555283eb40d")
                    .alsoIn(Linux.V5_17)
                    .in(Linux.V6_1, REUSES_ANON_VMA, Conditions.REUSES_BY_DEGREE),
            bug("brk-grows-wrong-vma", "brk grows whatever has the flags of a heap")
                    .breaks("merge-legal", 4, Kind.ILLEGAL_MERGE)
                    .fixedBy("6c28ca6485dd")
                    .in(
                            Linux.V6_1,
                            BRK_GROWTH,
                            new Answer<>("the last of the heap with equal flags", "6.1-rc", BrkGrowth.EQUAL_FLAGS)),
            bug("brk-missing-heap", "brk that shrinks a heap which is not mapped fails an assertion")
                    .breaks("no-kernel-bug", 3, Kind.PARTIAL_FAILURE)
                    .fixedBy("f5ad5083404b")
                    .in(Linux.V6_1, BRK_EXPECTS_HEAP, yes("6.1-rc")),
            bug("mprotect-merge-false-gap", "mprotect takes what a merge has swallowed for a hole")
                    .breaks("transparent", 4, Kind.PARTIAL_FAILURE)
                    .fixedBy("2fcd07b7ccd5")
                    .in(Linux.V6_1, STALE_WALK, new Answer<>("mprotect", "6.3-rc1", StaleWalk.MPROTECT)),
            bug("case3-offset", "a VMA that grows downwards keeps its page offset")
                    .breaks("merge-legal", 3, Kind.LOST_DATA)
                    .fixedBy("7e7757876f25")
                    .in(Linux.V6_1, PREPENDING_MOVES_PGOFF, no("6.3.0")),
            bug("mlock-merge-false-gap", "mlock takes what a merge has swallowed for a hole")
                    .breaks("transparent", 3, Kind.PARTIAL_FAILURE)
                    .fixedBy("2658f94d6792")
                    .in(Linux.V6_1, STALE_WALK, new Answer<>("mlock", "6.3 and 6.4", StaleWalk.MLOCK)),
            bug("move-recharges-on-success", "a move charges once more what it has unmapped")
                    .breaks("accounting", 2, Kind.WRONG_ACCOUNTING)
                    .fixedBy("3cec50490969")
                    .in(Linux.V6_1, MOVE_CHARGES_AGAIN, yes("6.5.0 to 6.5.3")),
            bug("partial-move-at-address-zero", "what a move leaves at address 0 is accounted no more")
                    .breaks("accounting", 2, Kind.WRONG_ACCOUNTING)
                    .fixedBy("937582ee8e8d")
                    .in(Linux.V6_12, REST_AT_ZERO_ACCOUNTED, no("6.3 to 6.14")),
            bug("faulted-into-untouched-refused", "faulted memory does not join an unfaulted neighbour")
                    .breaks("no-missed-merge", 4, Kind.MISSED_MERGE)
                    .fixedBy("879bca0a2c4f")
                    .alsoIn(Linux.V5_17, Linux.V6_1, Linux.V6_12)
                    .in(Linux.V6_16, COMPATIBLE_ANON_VMA, Conditions.ANON_VMA_SINGULAR_NEIGHBOUR),
            bug("ksm-default-blocks-merge", "new memory gets default flags only after it has asked to be merged")
                    .breaks("no-missed-merge", 3, Kind.MISSED_MERGE)
                    .fixedBy("cf7e7a3503df")
                    .in(Linux.V6_16, DEFAULT_FLAGS_FIRST, no("6.4 to 6.16, with the flag of KSM")),
            bug("flag-clear-wipes-high-half", "madvise(unmergeable) clears all flags above bit 31 (CVE-2025-40040)")
                    .breaks("flags-as-asked", 4, Kind.WRONG_FLAGS)
                    .fixedBy("f04aad36a07c")
                    .in(Linux.V6_16, UNMERGEABLE_KEEPS_FLAGS, no("5.13 to 6.17")),
            bug("mremap-faulted-into-untouched", "what mremap moves into unfaulted memory loses its anon_vma")
                    .breaks("chain-covers", 5, Kind.LOST_RMAP)
                    .fixedBy("61f67c230a5e")
                    .alsoIn(Linux.V6_16)
                    .in(
                            Linux.V6_18_35,
                            EXPAND_CHAIN,
                            new Answer<>("the removed VMA's", "6.16 to 6.18.7", ChainSource.REMOVED)),
            bug("mremap-fork-child-merged", "mremap joins the VMA of a fork child with unfaulted memory")
                    .breaks("merge-legal", 6, Kind.ILLEGAL_MERGE)
                    .fixedBy("3b617fd3d317")
                    .alsoIn(Linux.V6_16)
                    .in(Linux.V6_18_35, COMPATIBLE_ANON_VMA, Conditions.ANON_VMA_UNCHECKED_COPY),
            bug("mseal-stale-start", "mseal goes on in the middle of the VMA that it has just merged")
                    .breaks("merge-legal", 3, Kind.MISSED_MERGE)
                    .fixedBy("2697dd8ae721")
                    .in(Linux.V6_18_35, STALE_WALK, new Answer<>("mseal", "6.17 to 6.19", StaleWalk.MSEAL)),
            bug("dontunmap-partial-locked", "mremap(dontunmap) of a part unlocks all of a VMA and keeps the count")
                    .breaks("accounting", 3, Kind.WRONG_ACCOUNTING)
                    .fixedBy("597e4b9ab48a")
                    .in(Linux.V6_12, DONTUNMAP_SPLITS_LOCKED, Linux.V5_17.answer(DONTUNMAP_SPLITS_LOCKED)),
            bug("dontunmap-self-merge-locked", "mremap(dontunmap) merges with its own copy and unlocks both")
                    .breaks("accounting", 3, Kind.WRONG_ACCOUNTING)
                    .fixedBy("838bb60dc215")
                    .in(Linux.V6_12, DONTUNMAP_SOURCE, Linux.V5_17.answer(DONTUNMAP_SOURCE)));

    private Bugs() {}

    public static Option<Bug> find(String id) {
        return ALL.find(bug -> bug.id().equals(id));
    }

    private static Draft bug(String id, String summary) {
        return new Draft(id, summary, "", 0, Kind.BROKEN_LIST, "", Vector.empty());
    }

    /// A bug on its way into the list.
    private record Draft(
            String id,
            String summary,
            String invariant,
            int mostCalls,
            Kind kind,
            String commit,
            Vector<Rules> alsoIn) {
        Draft breaks(String violated, int calls, Kind what) {
            return new Draft(id, summary, violated, calls, what, commit, alsoIn);
        }

        Draft fixedBy(String by) {
            return new Draft(id, summary, invariant, mostCalls, kind, by, alsoIn);
        }

        Draft alsoIn(Rules... versions) {
            return new Draft(id, summary, invariant, mostCalls, kind, commit, Vector.of(versions));
        }

        <A> Bug in(Rules fixed, Decision<A> decision, Answer<A> wrong) {
            Rules rules = fixed.with(decision, wrong).named(id, summary);
            return new Bug(rules, fixed, alsoIn, invariant, mostCalls, kind, commit);
        }
    }

    private static Answer<Boolean> yes(String source) {
        return new Answer<>("yes", source, true);
    }

    private static Answer<Boolean> no(String source) {
        return new Answer<>("no", source, false);
    }
}
