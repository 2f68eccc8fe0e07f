package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Every page table entry lies in a VMA and permits no more than it.
final class PtesInsideVmas implements Invariant {
    @Override
    public String name() {
        return "ptes-inside-vmas";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Entries entries = observation.facts().entries();
        for (int i = 0; i < entries.size(); i++) {
            Vma vma = entries.vma(i);
            if (vma == null) {
                return violation(entries, i, "has a page table entry, but no VMA");
            }
            if (entries.pte(i) instanceof Pte.Present(_, boolean writable) && writable && !vma.has(VmFlags.WRITE)) {
                return violation(entries, i, "has a writable page table entry, but a VMA that permits no writing,");
            }
        }
        return null;
    }

    private Violation violation(Entries entries, int i, String what) {
        int process = entries.process(i);
        return Violation.of(this, process, "P" + process + " " + what + " at page " + entries.page(i), entries.page(i));
    }
}
