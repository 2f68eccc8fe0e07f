package vmacheck.invariant;

import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Table;

/// Where a folio is mapped, found by looking into all page tables.
final class Places {
    private Places() {}

    /// The first place as `process * pages + page`, or -1.
    static int first(Machine machine, int folio) {
        return next(machine, folio, -1);
    }

    /// The first place behind `place`, or -1.
    static int next(Machine machine, int folio, int place) {
        int pages = machine.setup().pages();
        for (int i = place + 1; i < machine.processes().size() * pages; i++) {
            Process process = machine.processes().get(i / pages);
            if (process == null) {
                continue;
            }
            Table<Pte> table = process.space().pages();
            if (table.get(i % pages) instanceof Pte.Present(int found, _) && found == folio) {
                return i;
            }
        }
        return -1;
    }
}
