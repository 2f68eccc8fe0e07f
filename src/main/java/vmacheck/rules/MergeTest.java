package vmacheck.rules;

import vmacheck.model.Vma;

/// One condition of a merge: may this candidate be joined with this neighbour?
@FunctionalInterface
public interface MergeTest {
    MergeTest ALWAYS = (_, _, _, _) -> true;
    MergeTest NEVER = (_, _, _, _) -> false;

    /// @param previous whether the neighbour ends where the candidate starts; otherwise it starts where that ends
    boolean allows(View view, Candidate candidate, Vma neighbour, boolean previous);
}
