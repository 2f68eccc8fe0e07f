package vmacheck.check.shrink;

import vmacheck.check.generate.Generator;
import vmacheck.invariant.Situation;

/// Searches for the same violation from the beginning, a few thousand histories with a seed of its own, and simplifies
/// what it finds. Every history of one bug is compared with the same others here, so they end alike even if no small
/// change leads from one to the other.
final class SearchAnew implements Pass {
    private static final long SEED = 2;
    private static final int HISTORIES = 5_000;
    private static final int LENGTH = 40;
    private static final int MOST_CALLS = 8;
    private static final int MOST_SHRINKS = 40;
    private static final long SHRINK_STEPS = 30_000;

    private final JudgedProbe probe;
    private boolean done;

    SearchAnew(JudgedProbe probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "search anew";
    }

    @Override
    public void run(Probe same) {
        if (done || probe.size() > MOST_CALLS) {
            return;
        }
        done = true;
        int shrinks = 0;
        Script empty = probe.best().head(0);
        Situation start = probe.before(0);
        for (int i = 0; i < HISTORIES && shrinks < MOST_SHRINKS && !probe.isSpent(); i++) {
            Script found = Regrow.grow(probe, empty, start, LENGTH, new Generator(SEED, i, empty.setup));
            if (found != null) {
                shrinks++;
                probe.offer(Regrow.reduced(probe, found, SHRINK_STEPS));
            }
        }
    }
}
