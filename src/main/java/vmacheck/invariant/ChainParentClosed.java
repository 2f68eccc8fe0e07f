package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Chain;
import vmacheck.model.Machine;

/// With an anon_vma its parent is in the chain, too, and older (S8).
final class ChainParentClosed implements Invariant {
    @Override
    public String name() {
        return "chain-parent-closed";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.vmaCount(); i++) {
            int orphan = orphan(facts.after(), facts.vma(i).chain());
            if (orphan >= 0) {
                int process = facts.vmaOwner(i);
                Chain chain = facts.vma(i).chain();
                String message = "the chain of VMA " + Text.of(facts.vma(i)) + " of P" + process + " is "
                        + Text.of(chain) + " and lacks the parent of " + Text.anonVma(chain.get(orphan))
                        + " before it";
                return Violation.of(this, process, message, facts.vma(i).start());
            }
        }
        return null;
    }

    /// Index of an anon_vma whose parent is not before it, or -1.
    private static int orphan(Machine machine, Chain chain) {
        for (int k = 0; k < chain.size(); k++) {
            AnonVma anonVma = machine.anonVmas().get(chain.get(k));
            if (anonVma == null || (!anonVma.isRoot() && !isBefore(chain, k, anonVma.parent()))) {
                return k;
            }
        }
        return -1;
    }

    private static boolean isBefore(Chain chain, int end, int id) {
        for (int k = 0; k < end; k++) {
            if (chain.get(k) == id) {
                return true;
            }
        }
        return false;
    }
}
