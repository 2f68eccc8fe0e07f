package vmacheck.invariant;

import org.jspecify.annotations.Nullable;

/// User space sees what it would see if nothing were ever merged. The exceptions are those of [TransparencyException].
final class Transparent implements Invariant {
    @Override
    public String name() {
        return "transparent";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Divergence divergence = observation.divergence();
        if (divergence == null || divergence.exception() != null) {
            return null;
        }
        return divergence.page() < 0
                ? Violation.of(this, divergence.process(), divergence.message())
                : Violation.of(this, divergence.process(), divergence.message(), divergence.page());
    }
}
