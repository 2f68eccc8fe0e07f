package vmacheck.live;

import vmacheck.call.History;

/// A history on which a kernel differs from the model.
///
/// @param number     0, 1, ... in order of appearance; stays the same while the history gets simpler
/// @param index      which history of the seed it was
/// @param history    ends with the call after which they differ
/// @param difference the difference there
/// @param again      in how many of [Conform#RERUNS] more runs it showed again, or -1 if it was not run again
/// @param stage      how far the history is simplified
public record Finding(int number, long index, History history, Difference difference, int again, Finding.Stage stage) {
    static final int NOT_RUN = -1;

    /// How far the history of a finding is simplified.
    public enum Stage {
        /// As it was found.
        RAW,
        /// Simpler, and perhaps not yet as simple as it can be.
        SIMPLER,
        /// No single call can be left out, and no argument made simpler.
        SIMPLEST
    }

    Finding seenAgain(int times) {
        return new Finding(number, index, history, difference, times, stage);
    }

    Finding with(History newHistory, Difference newDifference, Stage newStage) {
        return new Finding(number, index, newHistory, newDifference, again, newStage);
    }
}
