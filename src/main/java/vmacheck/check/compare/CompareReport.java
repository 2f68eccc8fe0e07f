package vmacheck.check.compare;

import io.vavr.collection.Vector;

/// What the same histories came to under several rules.
///
/// @param rules       names, in the order in which they were given
/// @param tallies     one for each rules
/// @param differences between the first rules and each other one, as far as there are any
/// @param interrupted whether someone ended it
public record CompareReport(
        long seed,
        int length,
        long histories,
        long steps,
        Vector<String> rules,
        Vector<Tally> tallies,
        Vector<Difference> differences,
        boolean interrupted) {}
