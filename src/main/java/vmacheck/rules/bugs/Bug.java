package vmacheck.rules.bugs;

import io.vavr.collection.Vector;
import vmacheck.rules.Rules;

/// A bug that a kernel really had.
///
/// @param rules     the kernel with the bug; their name is the id of the bug
/// @param fixed     the version that differs from it in one answer, without the bug
/// @param alsoIn    versions of ours that have it too
/// @param invariant the invariant that it violates
/// @param mostCalls calls of the known trigger, which a search should not need more than
/// @param commit    what repaired it
public record Bug(
        Rules rules, Rules fixed, Vector<Rules> alsoIn, String invariant, int mostCalls, Kind kind, String commit) {
    /// What a bug does wrong in the end.
    public enum Kind {
        BROKEN_LIST("broken list of VMAs"),
        ILLEGAL_MERGE("illegal merge"),
        MISSED_MERGE("missed merge"),
        WRONG_FLAGS("wrong flags"),
        LOST_RMAP("lost reverse map"),
        LOST_DATA("lost data"),
        WRONG_ACCOUNTING("wrong accounting"),
        WRONG_RESULT("wrong result"),
        PARTIAL_FAILURE("partial failure");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /// For people.
        public String text() {
            return text;
        }
    }

    public String id() {
        return rules.name();
    }
}
