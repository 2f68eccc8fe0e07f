package vmacheck.rules.matena;

import io.vavr.collection.Vector;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Composed;
import vmacheck.rules.MergeTest;
import vmacheck.rules.View;
import vmacheck.rules.linux.Conditions;

/// As in 5.17; besides, two different anon_vmas go together if no other process has a part in the range
/// (`is_mergeable_anon_vma`). Nothing is asked of the neighbour, whose anon_vma the range's pages get.
///
/// @param parent   whether children of a fork stay alone
/// @param children whether memory that was forked stays alone while a child has it
record DifferentAnonVmas(boolean parent, boolean children) implements MergeTest, Composed<MergeTest> {
    @Override
    public boolean allows(View view, Candidate candidate, Vma neighbour, boolean previous) {
        return Conditions.ANON_VMA_SINGULAR_NEIGHBOUR.value().allows(view, candidate, neighbour, previous)
                || (neighbour.isFaulted() && mayGiveUp(view, candidate.anonVma()));
    }

    /// Whether memory with this anon_vma may be tied to another one.
    boolean mayGiveUp(View view, int anonVma) {
        return anonVma != Vma.NONE
                && !(parent && Sharing.hasParent(view, anonVma))
                && !(children && Sharing.hasChildren(view, anonVma));
    }

    @Override
    public Vector<Part<MergeTest>> parts() {
        return Vector.of(
                new Part<>(
                        "parent",
                        "different anon_vmas, the range's a fork child's",
                        new DifferentAnonVmas(false, children)),
                new Part<>(
                        "children",
                        "different anon_vmas, the range's with children",
                        new DifferentAnonVmas(parent, false)));
    }
}
