package vmacheck.check.necessity;

import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;
import vmacheck.check.Finding;
import vmacheck.rules.Weakening;

/// What came out for one condition.
///
/// @param finding    the shortest history that violates something without the condition and nothing with it, or null
/// @param violated   all invariants that were violated without it
/// @param histories  that were run
/// @param steps      that were run
/// @param moreMerges how often a neighbour was joined that was not with the condition; 0 if it never came up
public record Reason(
        Weakening weakening,
        @Nullable Finding finding,
        Vector<String> violated,
        long histories,
        long steps,
        long moreMerges) {}
