package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Machine;
import vmacheck.model.Vma;

/// VMAs and anon_vmas point at each other: one link in the tree for each link in a chain, filed under the range that
/// the VMA has, and no other links (S10, S14).
final class RmapSound implements Invariant {
    @Override
    public String name() {
        return "rmap-sound";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        if (facts.anonVmaCount() == 0 && !facts.anyDirty()) {
            return null;
        }
        for (int p = 0; p < facts.processCount(); p++) {
            if (facts.isDirty(p)) {
                Violation violation = chains(facts, p);
                if (violation != null) {
                    return violation;
                }
            }
        }
        return trees(facts);
    }

    /// Each link of a chain has its counterpart in the tree.
    private @Nullable Violation chains(Facts facts, int process) {
        AddressSpace space = facts.space(process);
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            for (int k = 0; k < vma.chain().size(); k++) {
                AnonVma anonVma = facts.after().anonVmas().get(vma.chain().get(k));
                int links = anonVma == null ? 0 : count(anonVma, process, vma);
                if (links != 1) {
                    String message = Text.anonVma(vma.chain().get(k)) + " is in the chain of VMA " + Text.of(vma)
                            + " of P" + process + " and has " + (links == 0 ? "no link" : links + " links")
                            + " with the interval of that VMA";
                    return Violation.of(this, process, message, vma.start());
                }
            }
        }
        return null;
    }

    private static int count(AnonVma anonVma, int process, Vma vma) {
        int count = 0;
        for (Avc link : anonVma.tree()) {
            if (link.vma() == vma.id()
                    && link.process() == process
                    && link.first() == vma.pgoff()
                    && link.last() == vma.pgoff() + vma.pages() - 1) {
                count++;
            }
        }
        return count;
    }

    /// A tree that changed, or has links of a process that did, holds nothing else.
    private @Nullable Violation trees(Facts facts) {
        Machine machine = facts.after();
        for (int id = 0; id < machine.anonVmas().size(); id++) {
            AnonVma anonVma = machine.anonVmas().get(id);
            if (anonVma == null) {
                continue;
            }
            boolean changed = facts.isTreeChanged(anonVma);
            for (Avc link : anonVma.tree()) {
                if ((changed || facts.isDirty(link.process())) && !leads(facts, anonVma, link)) {
                    String message = "the tree of " + Text.anonVma(id) + " has a link ["
                            + link.first() + "," + link.last() + "] to a VMA of P" + link.process()
                            + " that is not there or has no such link";
                    return Violation.of(this, link.process(), message);
                }
            }
        }
        return null;
    }

    private static boolean leads(Facts facts, AnonVma anonVma, Avc link) {
        if (anonVma.freed() || link.process() >= facts.processCount()) {
            return false;
        }
        Vma vma = facts.space(link.process()).vmaById(link.vma());
        return vma != null && vma.chain().contains(anonVma.id());
    }
}
