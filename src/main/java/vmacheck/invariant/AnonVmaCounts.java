package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Table;

/// `refcount`, `num_children` and `num_active_vmas` are what one counts when one looks (S6, S7).
final class AnonVmaCounts implements Invariant {
    @Override
    public String name() {
        return "anon-vma-counts";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        if (facts.anonVmaCount() == 0 && facts.vmaCount() == 0 && !facts.anyDirty()) {
            return null;
        }
        Machine machine = facts.after();
        Table<AnonVma> anonVmas = machine.anonVmas();
        int size = anonVmas.size();
        int[] counts = facts.scratch(3 * size);
        countChildren(anonVmas, counts, size);
        countActive(machine, counts, size);
        for (int id = 0; id < size; id++) {
            AnonVma a = anonVmas.get(id);
            if (a != null
                    && (a.refcount() != counts[id]
                            || a.children() != counts[size + id]
                            || a.activeVmas() != counts[2 * size + id])) {
                return violation(a, counts[id], counts[size + id], counts[2 * size + id]);
            }
        }
        return null;
    }

    private static void countChildren(Table<AnonVma> anonVmas, int[] counts, int size) {
        for (int id = 0; id < size; id++) {
            AnonVma a = anonVmas.get(id);
            if (a == null || a.freed()) {
                continue;
            }
            counts[a.root()]++;
            if (!a.isRoot()) {
                counts[id]++;
            }
            // One that nothing is linked to any more has left its parent, even while references keep it alive.
            if (a.tree().length > 0) {
                counts[size + a.parent()]++;
            }
        }
    }

    private static void countActive(Machine machine, int[] counts, int size) {
        for (int p = 0; p < machine.processes().size(); p++) {
            Process process = machine.processes().get(p);
            if (process == null) {
                continue;
            }
            AddressSpace space = process.space();
            for (int i = 0; i < space.vmas().size(); i++) {
                int own = space.vma(i).anonVma();
                if (own >= 0 && own < size) {
                    counts[2 * size + own]++;
                }
            }
        }
    }

    private Violation violation(AnonVma a, int references, int children, int active) {
        String counter;
        int stored;
        int counted;
        if (a.refcount() != references) {
            counter = "refcount";
            stored = a.refcount();
            counted = references;
        } else if (a.children() != children) {
            counter = "num_children";
            stored = a.children();
            counted = children;
        } else {
            counter = "num_active_vmas";
            stored = a.activeVmas();
            counted = active;
        }
        String message = counter + " of " + (a.freed() ? "the freed " : "") + Text.anonVma(a.id()) + " is " + stored
                + ", and there are " + counted;
        return Violation.of(this, -1, message);
    }
}
