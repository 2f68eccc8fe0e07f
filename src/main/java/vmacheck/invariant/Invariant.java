package vmacheck.invariant;

import org.jspecify.annotations.Nullable;

/// A predicate on a step.
public interface Invariant {
    /// In kebab-case; also the name of its page in `invariants/`.
    String name();

    default Level level() {
        return Level.SAFETY;
    }

    /// The first violation found, in a fixed order, or null if the invariant holds.
    @Nullable
    Violation judge(Observation observation);
}
