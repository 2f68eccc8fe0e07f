package vmacheck.rules;

import vmacheck.model.Vma;

/// What becomes of an anonymous VMA beside its own copy when mremap leaves it mapped.
public enum SourceNeighbour {
    /// It may join the copy like any other neighbour.
    JOINS,
    /// It may do so unless it is faulted, which no kernel ever needed to say: its offset kept it apart.
    JOINS_UNFAULTED,
    /// If it is unfaulted it is passed over, the neighbour on the other side may join.
    PASSED_OVER,
    /// If it is unfaulted nothing merges where the two touch.
    NOTHING_JOINS;

    public boolean isPassedOver(Vma source) {
        return this == (source.isFaulted() ? JOINS_UNFAULTED : PASSED_OVER);
    }
}
