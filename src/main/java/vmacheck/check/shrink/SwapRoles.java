package vmacheck.check.shrink;

import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Lets parent and child change roles: from a call after the fork on, each does what the other did.
final class SwapRoles implements Pass {
    @Override
    public String name() {
        return "swap roles";
    }

    @Override
    public void run(Probe probe) {
        for (int i = 0; i < probe.size(); i++) {
            if (probe.get(i).kind == Kind.FORK && probe.child(i) != Vma.NONE) {
                for (int from = i + 1; from < probe.size() && !probe.isSpent(); from++) {
                    probe.offer(swapped(probe.best(), from, probe.get(i).process, probe.child(i)));
                }
            }
        }
    }

    private static Script swapped(Script script, int from, int one, int other) {
        Term[] terms = script.toArray();
        for (int i = from; i < terms.length; i++) {
            Term term = terms[i];
            terms[i] = term.process == one ? term.by(other) : term.process == other ? term.by(one) : term;
        }
        return new Script(script.setup, terms);
    }
}
