package vmacheck.rules;

import vmacheck.model.Vma;

/// May a VMA that faults for the first time take over the anon_vma of an adjacent, faulted neighbour?
@FunctionalInterface
public interface LendTest {
    /// @param lower of the two, whichever of them is the borrower
    boolean lends(Vma borrower, Vma neighbour, Vma lower, Vma upper);
}
