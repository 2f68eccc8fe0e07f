package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.check.generate.Generator;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;

/// Cuts the history off somewhere and lets the generator go on, in a few thousand ways. What fails alike is simplified
/// by the cheap passes and may turn out simpler than what was there: the way out of a place where every small change
/// makes things worse. The ways are the same for every history, so histories of one bug meet.
final class Regrow implements Pass {
    private static final long SEED = 1;
    private static final int TRIES = 6000;
    private static final int MOST_CALLS = 8;
    private static final int LONGER = 6;
    private static final int MOST_SHRINKS = 60;
    private static final long SHRINK_STEPS = 20_000;

    private final JudgedProbe probe;

    Regrow(JudgedProbe probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "regrow";
    }

    @Override
    public void run(Probe same) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        int shrinks = 0;
        for (int i = 0; i < TRIES && shrinks < MOST_SHRINKS && !probe.isSpent(); i++) {
            Script grown = grow(probe, i);
            if (grown != null) {
                shrinks++;
                if (probe.offer(reduced(probe, grown, SHRINK_STEPS))) {
                    return;
                }
            }
        }
    }

    /// What the cheap passes make of another history that fails alike.
    static Script reduced(JudgedProbe probe, Script other, long steps) {
        JudgedProbe fork = probe.fork(other, steps);
        Passes.reduce(fork, Passes.CHEAP);
        probe.charge(fork);
        return fork.best();
    }

    /// A history that begins like the best one and fails alike, or null.
    private static @Nullable Script grow(JudgedProbe probe, int index) {
        Script best = probe.best();
        int kept = index % best.size();
        return grow(
                probe,
                best.head(kept),
                probe.before(kept),
                best.size() + LONGER,
                new Generator(SEED, index, best.setup));
    }

    /// Lets a generator go on behind the beginning of the best history until it fails alike; null if it does not.
    ///
    /// @param reached where the beginning leads to
    static @Nullable Script grow(
            JudgedProbe probe, Script head, Situation reached, int mostCalls, Generator generator) {
        Situation situation = reached;
        List<Term> terms = new ArrayList<>(Arrays.asList(head.toArray()));
        while (terms.size() < mostCalls) {
            Call call = generator.next(situation.machine());
            terms.add(Term.of(call));
            Verdict verdict = probe.step(situation, call);
            if (probe.names(verdict)) {
                return new Script(head.setup, terms.toArray(Term[]::new));
            }
            if (!verdict.violations().isEmpty() && Trial.safety(verdict).nonEmpty()) {
                return null;
            }
            situation = verdict.after();
        }
        return null;
    }
}
