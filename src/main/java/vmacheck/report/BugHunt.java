package vmacheck.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vmacheck.rules.bugs.Bug;

/// What the hunt for a bug came to.
///
/// @param found the simplest history that breaks the bug's invariant, or null
/// @param time  until it was found and shrunk, or given up
public record BugHunt(Bug bug, CheckRun.@Nullable Found found, Duration time) {
    public static BugHunt of(Bug bug, CheckRun run) {
        CheckRun.Found simplest = run.findings()
                .filter(found -> found.invariant().equals(bug.invariant()))
                .minBy(found -> found.counterexample().history().size())
                .getOrNull();
        return new BugHunt(bug, simplest, run.time());
    }

    public boolean isFound() {
        return found != null;
    }

    /// Calls of what was found, or null.
    @Nullable
    Integer calls() {
        return found == null ? null : found.counterexample().history().size();
    }

    @Nullable
    String file() {
        return found == null ? null : found.file();
    }

    double seconds() {
        return time.toMillis() / 1000.0;
    }
}
