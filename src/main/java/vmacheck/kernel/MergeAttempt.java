package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Refusal;

/// One merge that was considered, with what became of it.
///
/// @param prev        the VMA just below the candidate (touching or not), or null
/// @param next        the VMA just above, or null
/// @param prevRefusal why `prev` was not joined, null if it was
/// @param nextRefusal why `next` was not joined, null if it was
/// @param merged      the resulting VMA, null if nothing was joined
public record MergeAttempt(
        Candidate candidate,
        @Nullable Vma prev,
        @Nullable Vma next,
        @Nullable Refusal prevRefusal,
        @Nullable Refusal nextRefusal,
        @Nullable Vma merged) {

    /// The classical number of the merge (comment at `vma_merge`): 1 to 3 for a new range, 4 to 8 for an existing one,
    /// 0 for none.
    public int kind() {
        if (merged == null) {
            return 0;
        }
        boolean left = prevRefusal == null;
        boolean right = nextRefusal == null;
        Vma middle = candidate.source();
        if (!candidate.existing() || middle == null) {
            return left && right ? 1 : left ? 2 : 3;
        }
        boolean whole = middle.start() == candidate.start() && middle.end() == candidate.end();
        if (left && right) {
            return 6;
        }
        return left ? (whole ? 7 : 5) : (whole ? 8 : 4);
    }
}
