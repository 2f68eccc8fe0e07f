package vmacheck.invariant;

import io.vavr.collection.Vector;

/// An invariant that does not hold at a step.
///
/// @param message one sentence that says what is wrong, with the names of processes (P0), anon_vmas (A0) and folios
/// (F0)
/// @param process the process concerned, or -1
/// @param pages   the pages concerned, for marking them in a picture
public record Violation(String invariant, Level level, String message, int process, Vector<Integer> pages) {
    /// What an invariant returns: a sentence, the process concerned or -1, and the pages concerned.
    public static Violation of(Invariant invariant, int process, String message, int... pages) {
        return new Violation(invariant.name(), invariant.level(), message, process, Vector.ofAll(pages));
    }
}
