/// What must hold after every step. One class each, with a page of the same name in the folder `invariants`.
@NullMarked
package vmacheck.invariant;

import org.jspecify.annotations.NullMarked;
