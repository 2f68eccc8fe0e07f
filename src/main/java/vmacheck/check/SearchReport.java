package vmacheck.check;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;

/// What a search did and found.
///
/// @param histories   run, in the order of their indices from 0
/// @param steps       calls run, without those of shrinking
/// @param nanos       time that it took
/// @param failing     histories that violated something
/// @param findings    one for each normal form, in order of appearance
/// @param advice      one example of each advice
/// @param counts      by invariant: histories that violated it, and for advice steps
/// @param interrupted whether someone ended it
public record SearchReport(
        long seed,
        long histories,
        long steps,
        long nanos,
        long failing,
        Vector<Finding> findings,
        Vector<Finding> advice,
        LinkedHashMap<String, Long> counts,
        Coverage coverage,
        boolean interrupted) {

    public boolean holds() {
        return findings.isEmpty();
    }
}
