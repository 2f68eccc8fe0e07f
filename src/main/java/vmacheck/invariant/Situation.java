package vmacheck.invariant;

import vmacheck.model.Machine;
import vmacheck.model.Setup;

/// Where a checked history stands: the machine and its shadow that never merges.
public record Situation(Machine machine, Machine shadow) {
    public static Situation start(Setup setup) {
        Machine machine = Machine.start(setup);
        return new Situation(machine, machine);
    }
}
