package vmacheck.check;

import vmacheck.call.History;
import vmacheck.invariant.Violation;

/// A history that violates an invariant, raw or on its way to the simplest form.
///
/// @param number    0, 1, ... in order of appearance; stays the same while the history gets simpler
/// @param index     which history of the search it was
/// @param history   ends with the call that violates
/// @param violation what that call violates
/// @param stage     how far the history is simplified
public record Finding(int number, long index, History history, Violation violation, Stage stage) {
    /// How far the history of a finding is simplified.
    public enum Stage {
        /// As it was found.
        RAW,
        /// Simpler, but not yet or never to be the simplest: the work goes on, was interrupted, or ran out of steps.
        SIMPLER,
        /// The normal form.
        SIMPLEST
    }

    public String invariant() {
        return violation.invariant();
    }

    Finding with(History newHistory, Violation newViolation, Stage newStage) {
        return new Finding(number, index, newHistory, newViolation, newStage);
    }
}
