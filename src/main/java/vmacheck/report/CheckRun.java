package vmacheck.report;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.check.Coverage;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Level;

/// What one search under some rules did.
///
/// @param findings    what fails, one for each normal form
/// @param advice      an example of each advice
/// @param counts      by invariant: histories that violate it, and for advice steps
/// @param interrupted whether someone ended the search
public record CheckRun(
        String rules,
        long seed,
        Duration time,
        long steps,
        long histories,
        Vector<Found> findings,
        Vector<Found> advice,
        LinkedHashMap<String, Long> counts,
        Coverage coverage,
        boolean interrupted) {

    /// A violation in its simplest form.
    ///
    /// @param message what is wrong, in a sentence
    /// @param file    where it is saved, or null for advice, which is not
    /// @param shrunk  whether it is as simple as it can be
    public record Found(
            Level level,
            String message,
            Counterexample counterexample,
            @Nullable String file,
            boolean shrunk) {
        public String invariant() {
            return Objects.requireNonNull(counterexample.violates());
        }
    }

    public boolean holds() {
        return findings.isEmpty();
    }
}
