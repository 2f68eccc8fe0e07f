package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Leaves calls out of the best history. A fork that goes takes its child's calls along, or the parent does them; the
/// numbers of later processes move down.
final class Families {
    private static final int GONE = -2;

    private Families() {}

    /// @param reaim whether the parent does what the child of a dropped fork did
    static Script without(Probe probe, boolean[] drop, boolean reaim) {
        Script best = probe.best();
        int[] map = new int[best.forks + 2];
        Arrays.fill(map, GONE);
        map[0] = 0;
        int next = 1;
        List<Term> kept = new ArrayList<>(best.size());
        for (int i = 0; i < best.size(); i++) {
            Term term = best.get(i);
            int process = map[term.process];
            boolean dropped = drop[i] || process == GONE;
            int child = probe.child(i);
            if (term.kind == Kind.FORK && child != Vma.NONE && i < best.size() - 1) {
                map[child] = !dropped ? next++ : reaim ? process : GONE;
            }
            if (!dropped) {
                kept.add(term.by(process));
            }
        }
        return new Script(best.setup, kept.toArray(Term[]::new));
    }

    static Script without(Probe probe, int call, boolean reaim) {
        boolean[] drop = new boolean[probe.size()];
        drop[call] = true;
        return without(probe, drop, reaim);
    }
}
