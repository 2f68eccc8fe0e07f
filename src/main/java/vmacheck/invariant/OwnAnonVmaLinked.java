package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Vma;

/// A VMA has an anon_vma iff it has a chain, and its anon_vma is in the chain (S1, S2).
final class OwnAnonVmaLinked implements Invariant {
    @Override
    public String name() {
        return "own-anon-vma-linked";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.vmaCount(); i++) {
            Vma vma = facts.vma(i);
            boolean holds = vma.isFaulted()
                    ? vma.chain().contains(vma.anonVma())
                    : vma.chain().size() == 0;
            if (!holds) {
                int process = facts.vmaOwner(i);
                String message = "VMA " + Text.of(vma) + " of P" + process + " has " + Text.anonVma(vma.anonVma())
                        + " and the chain " + Text.of(vma.chain());
                return Violation.of(this, process, message, vma.start());
            }
        }
        return null;
    }
}
