package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Decision;
import vmacheck.rules.Decisions;
import vmacheck.rules.MergeTest;
import vmacheck.rules.Refusal;
import vmacheck.rules.Rules;
import vmacheck.rules.View;

/// What the rules say to a merge, without doing it.
///
/// @param prevRefusal why the VMA below is not joined, null if it is
/// @param nextRefusal why the VMA above is not joined, null if it is
public record MergePlan(
        @Nullable Refusal prevRefusal, @Nullable Refusal nextRefusal) {
    public boolean joinsPrev() {
        return prevRefusal == null;
    }

    public boolean joinsNext() {
        return nextRefusal == null;
    }

    /// Decides for a candidate between two neighbours (`vma_merge_new_range`, `vma_merge_existing_range`).
    ///
    /// @param left  whether the candidate reaches the lower end of what it lies in; true for a new range
    /// @param right likewise the upper end
    public static MergePlan decide(
            Rules rules,
            View view,
            Candidate candidate,
            @Nullable Vma prev,
            @Nullable Vma next,
            boolean left,
            boolean right) {
        Refusal prevRefusal = !left ? Refusal.INSIDE : refusal(rules, view, candidate, prev, true);
        Refusal nextRefusal = !right ? Refusal.INSIDE : refusal(rules, view, candidate, next, false);
        if (prevRefusal == null
                && nextRefusal == null
                && !rules.get(Decisions.COMPATIBLE_SIDES).allows(view, candidate, prev, next)) {
            nextRefusal = Refusal.SIDES;
        }
        return new MergePlan(prevRefusal, nextRefusal);
    }

    /// Decides as the mmap of 6.1 does: the VMA above first; the one below must then fit what that brings.
    public static MergePlan decideNextFirst(
            Rules rules, View view, Candidate candidate, @Nullable Vma prev, @Nullable Vma next) {
        Refusal nextRefusal = refusal(rules, view, candidate, next, false);
        int joined = nextRefusal == null && next != null ? next.anonVma() : candidate.anonVma();
        Refusal prevRefusal = refusal(rules, view, candidate.withAnonVma(joined), prev, true);
        return new MergePlan(prevRefusal, nextRefusal);
    }

    /// The first condition that keeps the candidate from this neighbour, or null.
    public static @Nullable Refusal refusal(
            Rules rules, View view, Candidate candidate, @Nullable Vma neighbour, boolean previous) {
        if (neighbour == null
                || (previous ? neighbour.end() != candidate.start() : neighbour.start() != candidate.end())) {
            return Refusal.NO_NEIGHBOUR;
        }
        for (int i = 0; i < CONDITIONS.length; i++) {
            Decision<MergeTest> condition = CONDITIONS[i];
            if (!rules.get(condition).allows(view, candidate, neighbour, previous)) {
                return condition.refusal();
            }
        }
        return null;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final Decision<MergeTest>[] CONDITIONS = Decisions.CONDITIONS.toJavaArray(Decision[]::new);
}
