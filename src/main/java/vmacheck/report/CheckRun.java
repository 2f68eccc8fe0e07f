package vmacheck.report;

import io.vavr.collection.Vector;
import java.time.Duration;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Level;

/// What one search under some rules did.
///
/// @param findings one for each normal form, in the order of their invariants
/// @param ended    why the search is over
public record CheckRun(
        String rules, long seed, Duration time, long steps, long histories, Vector<Finding> findings, Ended ended) {

    /// Why a search is over.
    public enum Ended {
        DONE,
        /// It stopped at a violation.
        FOUND,
        INTERRUPTED
    }

    /// A violation in its normal form.
    ///
    /// @param message what is wrong, in a sentence
    /// @param times   how many histories were shrunk to it
    /// @param file    where it is saved
    public record Finding(Level level, String message, long times, Counterexample counterexample, String file) {}

    /// Whether something is violated that must hold.
    public boolean isViolated() {
        return findings.exists(finding -> finding.level() == Level.SAFETY);
    }
}
