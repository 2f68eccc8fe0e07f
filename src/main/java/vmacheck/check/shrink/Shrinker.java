package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vmacheck.call.History;
import vmacheck.check.shrink.ShrinkReport.PassCount;
import vmacheck.check.trial.Checker;

/// Makes a failing history as simple as it can be made, so that equal bugs end in equal files.
///
/// **What is minimised.** One total order, [SimplerThan]. A candidate takes the place of the best history only if it is
/// simpler in this order and fails alike: the same invariant is among those that are violated at the first call that
/// violates any. Every candidate is run from its first difference on, so nothing is ever reported that did not happen.
///
/// **Passes.** Each is one way to propose candidates, and knows nothing of why the history fails. They stand in a list
/// ([Passes]), the cheapest and strongest first. After a pass that improved something the list begins anew, so an
/// expensive pass only ever sees what all cheaper ones have given up on. The work ends when all of them in a row change
/// nothing; as each pass lowers a total order, it does end.
///
/// - *Less*: chunks of calls, long ones first; processes with all their calls, or with their calls done by the parent;
///   moves, with what came after them aimed at the old place; pairs of calls.
/// - *Smaller*: single pages out of the whole layout; segments in another order; files and the setup; each single
///   argument with every simpler value; calls in another order; parent and child in each other's role.
/// - *Otherwise*, for short histories: one call less and one argument of another one changed, or another call instead;
///   any call of a small vocabulary in the place of one or of two; two arguments changed at once.
///
/// **One-minimality** follows: in the end no call can be left out, since *drop chunks* ends with each single call, and
/// no argument can be made simpler alone, since *simplify arguments* tries every simpler value.
///
/// **Normal form.** Small changes get stuck: a mapping with two pages and a move of one of them is a local optimum that
/// differs from two mappings and a move by more than any pass changes. Two passes look elsewhere. *Search anew* makes
/// the same few thousand histories for every shrink and simplifies what fails alike; *regrow* cuts the best history off
/// and lets the generator go on. As every history of one bug is compared with the same others, they meet in the
/// simplest of them. The price: two bugs that break the same invariant end in the simpler one of the two; the other
/// shows as soon as that one is mended.
///
/// **Stalls.** All that costs more than the square of the length is for short histories, candidates are remembered and
/// never run twice, and there is a budget of calls.
public final class Shrinker {
    /// Enough for normal forms of up to ten calls or so.
    public static final long DEFAULT_STEPS = 10_000_000;

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
        return shrink(history, invariant, Vector.empty(), _ -> {}, () -> false);
    }

    /// @param invariant must be among those that the history violates first of all
    /// @param known     normal forms of the same invariant: whoever comes to one of them by the cheap passes has arrived
    /// @param improved  is told the best history after every pass that improved it
    /// @param stop      asked often; true ends the work, and the best so far is the result
    public ShrinkReport shrink(
            History history,
            String invariant,
            Vector<History> known,
            Consumer<History> improved,
            BooleanSupplier stop) {
        JudgedProbe probe = JudgedProbe.of(checker, invariant, mostSteps, stop, Script.of(history));
        List<Stage> stages = Passes.all(probe).map(Stage::new).asJava();
        int at = 0;
        while (at < stages.size() && !probe.isSpent()) {
            Script before = probe.best();
            stages.get(at).run(probe);
            boolean better = probe.best() != before;
            if (better) {
                improved.accept(probe.best().history());
            }
            at = better ? 0 : at + 1;
            if (at == Passes.CHEAP.size() && known.contains(probe.best().history())) {
                at = stages.size();
            }
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
