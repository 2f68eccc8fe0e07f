package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Vma;

/// VMAs with the same anon_vma belong to one process and have equal chains (S9).
final class SameAnonVmaSameChain implements Invariant {
    @Override
    public String name() {
        return "same-anon-vma-same-chain";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.vmaCount(); i++) {
            Vma vma = facts.vma(i);
            AnonVma anonVma = vma.isFaulted() ? facts.after().anonVmas().get(vma.anonVma()) : null;
            if (anonVma == null) {
                continue;
            }
            int process = facts.vmaOwner(i);
            for (Avc link : anonVma.tree()) {
                if ((link.vma() == vma.id() && link.process() == process) || link.process() >= facts.processCount()) {
                    continue;
                }
                Vma other = facts.space(link.process()).vmaById(link.vma());
                if (other != null
                        && other.anonVma() == vma.anonVma()
                        && (link.process() != process || !other.chain().equals(vma.chain()))) {
                    return violation(process, vma, link.process(), other);
                }
            }
        }
        return null;
    }

    private Violation violation(int process, Vma vma, int otherProcess, Vma other) {
        String message = "VMA " + Text.of(vma) + " of P" + process + " with the chain " + Text.of(vma.chain())
                + " and VMA " + Text.of(other) + " of P" + otherProcess + " with the chain "
                + Text.of(other.chain()) + " both have " + Text.anonVma(vma.anonVma()) + " as their own";
        return Violation.of(this, process, message, vma.start());
    }
}
