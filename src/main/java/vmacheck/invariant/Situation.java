package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Machine;
import vmacheck.model.Setup;

/// Where a checked history stands: the machine and its shadow that never merges.
///
/// @param beside where the same history stands under other rules, if it runs under two at once; else null
public record Situation(
        Machine machine, Machine shadow, @Nullable Situation beside) {
    public Situation(Machine machine, Machine shadow) {
        this(machine, shadow, null);
    }

    public static Situation start(Setup setup) {
        Machine machine = Machine.start(setup);
        return new Situation(machine, machine);
    }
}
