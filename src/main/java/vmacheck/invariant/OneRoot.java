package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Chain;
import vmacheck.model.Machine;

/// All anon_vmas of a chain have the same root, and the oldest of them is it (S3, S4).
final class OneRoot implements Invariant {
    @Override
    public String name() {
        return "one-root";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.vmaCount(); i++) {
            Chain chain = facts.vma(i).chain();
            if (chain.size() > 0 && !hasOneRoot(facts.after(), chain)) {
                int process = facts.vmaOwner(i);
                String message = "the chain of VMA " + Text.of(facts.vma(i)) + " of P" + process + " is "
                        + Text.of(chain) + " with the roots " + roots(facts.after(), chain);
                return Violation.of(this, process, message, facts.vma(i).start());
            }
        }
        return null;
    }

    private static boolean hasOneRoot(Machine machine, Chain chain) {
        int oldest = chain.get(0);
        for (int k = 0; k < chain.size(); k++) {
            AnonVma anonVma = machine.anonVmas().get(chain.get(k));
            if (anonVma == null || anonVma.root() != oldest) {
                return false;
            }
        }
        return true;
    }

    private static String roots(Machine machine, Chain chain) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < chain.size(); k++) {
            AnonVma anonVma = machine.anonVmas().get(chain.get(k));
            text.append(k == 0 ? "" : " ").append(anonVma == null ? "?" : Text.anonVma(anonVma.root()));
        }
        return text.toString();
    }
}
