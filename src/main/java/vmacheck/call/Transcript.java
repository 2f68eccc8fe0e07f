package vmacheck.call;

import io.vavr.collection.Vector;
import io.vavr.control.Option;

/// A history with the results that its calls must have.
///
/// @param results one for each call; none where any result will do
public record Transcript(History history, Vector<Option<Result>> results) {
    public Transcript {
        if (results.size() != history.size()) {
            throw new IllegalArgumentException(results.size() + " results for " + history.size() + " calls");
        }
    }

    /// A history with which any results will do.
    public static Transcript of(History history) {
        return new Transcript(history, history.calls().map(_ -> Option.none()));
    }
}
