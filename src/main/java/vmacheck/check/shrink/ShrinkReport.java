package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import vmacheck.call.History;

/// What shrinking one history came to.
///
/// @param history    the simplest history found that violates the same invariant
/// @param finished   whether it is a normal form: no pass can make it simpler; false if the budget ended or someone
///                   interrupted
/// @param candidates histories that were run
/// @param steps      calls that were run
/// @param passes     what each pass did, in the order of the passes
public record ShrinkReport(History history, boolean finished, long candidates, long steps, Vector<PassCount> passes) {

    /// @param runs       how often the pass ran
    /// @param candidates histories that it tried
    /// @param taken      how many of them were simpler and failed alike
    public record PassCount(String pass, int runs, long candidates, long taken) {}

    /// A table of what each pass did.
    public String table() {
        StringBuilder text =
                new StringBuilder(String.format("%-22s %8s %12s %8s%n", "pass", "runs", "candidates", "taken"));
        for (PassCount count : passes) {
            text.append(String.format(
                    "%-22s %8d %12d %8d%n", count.pass(), count.runs(), count.candidates(), count.taken()));
        }
        return text.toString();
    }
}
