package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vmacheck.call.History;
import vmacheck.check.shrink.ShrinkReport.PassCount;
import vmacheck.check.trial.Checker;

/// Makes a failing history as simple as it can be made.
public final class Shrinker {
    /// Enough for normal forms of up to ten calls or so.
    public static final long DEFAULT_STEPS = 1_500_000;

    private final Checker checker;
    private final long mostSteps;

    public Shrinker(Checker checker) {
        this(checker, DEFAULT_STEPS);
    }

    /// @param mostSteps calls to run at most, over all candidates
    public Shrinker(Checker checker, long mostSteps) {
        this.checker = checker;
        this.mostSteps = mostSteps;
    }

    /// Shrinks without being watched.
    public ShrinkReport shrink(History history, String invariant) {
        return shrink(history, invariant, _ -> {}, () -> false);
    }

    /// @param invariant must be among those that the history violates first of all
    /// @param improved  is told the best history after every pass that improved it
    /// @param stop      asked often; true ends the work, and the best so far is the result
    public ShrinkReport shrink(History history, String invariant, Consumer<History> improved, BooleanSupplier stop) {
        Probe probe = new Probe(checker, invariant, mostSteps, stop, Script.of(history));
        List<Stage> stages = Passes.all().map(Stage::new).asJava();
        int at = 0;
        while (at < stages.size() && !probe.isSpent()) {
            Script before = probe.best();
            stages.get(at).run(probe);
            boolean better = probe.best() != before;
            if (better) {
                improved.accept(probe.best().history());
            }
            // Cheap passes come first again whenever something changed.
            at = better && at > 0 ? 0 : at + 1;
        }
        return new ShrinkReport(
                probe.best().history(),
                at == stages.size() && !probe.isSpent(),
                probe.candidates(),
                probe.steps(),
                Vector.ofAll(stages).map(Stage::count));
    }

    /// A pass with what it did so far.
    private static final class Stage {
        private final Pass pass;
        private int runs;
        private long candidates;
        private long taken;

        Stage(Pass pass) {
            this.pass = pass;
        }

        void run(Probe probe) {
            long triedBefore = probe.candidates();
            long takenBefore = probe.taken();
            pass.run(probe);
            runs++;
            candidates += probe.candidates() - triedBefore;
            taken += probe.taken() - takenBefore;
        }

        PassCount count() {
            return new PassCount(pass.name(), runs, candidates, taken);
        }
    }
}
