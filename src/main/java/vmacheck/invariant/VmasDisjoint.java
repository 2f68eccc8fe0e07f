package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Vma;

/// The VMAs of a process are sorted, not empty, inside the address space, and do not overlap.
final class VmasDisjoint implements Invariant {
    @Override
    public String name() {
        return "vmas-disjoint";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int p = 0; p < facts.processCount(); p++) {
            if (facts.vmasChanged(p)) {
                Violation violation =
                        judge(p, facts.space(p), facts.after().setup().pages());
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }

    private @Nullable Violation judge(int process, AddressSpace space, int pages) {
        int reached = 0;
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            if (vma.start() >= vma.end()) {
                return Violation.of(
                        this, process, "VMA " + Text.of(vma) + " of P" + process + " is empty", vma.start());
            }
            if (vma.start() < reached) {
                String message = "VMA " + Text.of(vma) + " of P" + process + " starts before " + reached
                        + (i == 0 ? ", where memory starts" : ", where the one before it ends");
                return Violation.of(this, process, message, vma.start());
            }
            if (vma.end() > pages) {
                String message = "VMA " + Text.of(vma) + " of P" + process + " leaves the address space";
                return Violation.of(this, process, message, vma.start());
            }
            reached = vma.end();
        }
        return null;
    }
}
