package vmacheck.check.shrink;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.model.Vma;

/// The best history so far, and the test that a simpler one must pass to take its place: the same invariant is among
/// those that it violates first. Passes propose, the probe runs what they propose.
final class Probe {
    private final Checker checker;
    private final String invariant;
    private final long mostSteps;
    private final BooleanSupplier stop;
    private final Tried tried = new Tried();
    private Script best;
    /// Where the best history stands before each of its calls, so that a candidate runs from its first difference.
    private @Nullable Situation[] before = {};
    /// The process that each call of the best history made, or [Vma#NONE].
    private int[] children = {};

    private long candidates;
    private long steps;
    private long taken;

    Probe(Checker checker, String invariant, long mostSteps, BooleanSupplier stop, Script start) {
        this.checker = checker;
        this.invariant = invariant;
        this.mostSteps = mostSteps;
        this.stop = stop;
        best = start;
        restart(start);
    }

    private void restart(Script start) {
        before = new Situation[start.size() + 1];
        children = new int[start.size() + 1];
        before[0] = checker.start(start.setup);
        int failing = run(start, 0, before, children);
        if (failing < 0) {
            throw new IllegalArgumentException("the history does not violate " + invariant + " first of all");
        }
        best = start.head(failing + 1);
        tried.add(best.hash);
    }

    Script best() {
        return best;
    }

    int size() {
        return best.size();
    }

    Term get(int index) {
        return best.get(index);
    }

    /// The process that call `index` made, or [Vma#NONE].
    int child(int index) {
        return children[index];
    }

    /// Where the best history stands before call `index`.
    Situation before(int index) {
        return java.util.Objects.requireNonNull(before[index]);
    }

    long candidates() {
        return candidates;
    }

    long steps() {
        return steps;
    }

    /// Candidates that became the best history.
    long taken() {
        return taken;
    }

    /// Whether to give up: every loop over candidates ends then.
    boolean isSpent() {
        return steps >= mostSteps || stop.getAsBoolean();
    }

    /// Makes the candidate the best history if it is simpler and fails alike. What follows its failing call is dropped.
    boolean offer(Script candidate) {
        if (!SimplerThan.isSimpler(candidate, best) || !candidate.fits() || isSpent() || !tried.add(candidate.hash)) {
            return false;
        }
        candidates++;
        int common = candidate.commonHead(best);
        @Nullable Situation[] situations = new Situation[candidate.size() + 1];
        int[] made = new int[candidate.size() + 1];
        int known = Math.min(common, best.size() - 1);
        System.arraycopy(before, 0, situations, 0, known + 1);
        System.arraycopy(children, 0, made, 0, known);
        if (common == 0) {
            situations[0] = checker.start(candidate.setup);
        }
        int failing = run(candidate, known, situations, made);
        if (failing < 0) {
            return false;
        }
        before = Arrays.copyOf(situations, failing + 2);
        children = Arrays.copyOf(made, failing + 2);
        best = candidate.head(failing + 1);
        taken++;
        return true;
    }

    /// A probe of its own for another history that fails alike, with a part of what is left to this one.
    Probe fork(Script other, long share) {
        return new Probe(checker, invariant, Math.min(share, mostSteps - steps), stop, other);
    }

    /// Adds what a fork of this probe ran to the account.
    void charge(Probe fork) {
        candidates += fork.candidates;
        steps += fork.steps;
    }

    /// One call, outside of any candidate.
    Verdict step(Situation situation, Call call) {
        steps++;
        return checker.step(situation, call);
    }

    /// Runs a script from call `from` on.
    ///
    /// @return the call that violates the invariant, or -1
    private int run(Script script, int from, @Nullable Situation[] situations, int[] made) {
        Situation situation = java.util.Objects.requireNonNull(situations[from]);
        for (int i = from; i < script.size(); i++) {
            Verdict verdict = checker.step(situation, script.get(i).call);
            steps++;
            if (!verdict.violations().isEmpty()) {
                if (names(verdict)) {
                    return i;
                }
                if (Trial.safety(verdict).nonEmpty()) {
                    return -1;
                }
            }
            if (isKnownWithout(script, i, situation, verdict.after())) {
                return -1;
            }
            made[i] = verdict.step().result() instanceof Result.Child(int child) ? child : Vma.NONE;
            situation = verdict.after();
            situations[i + 1] = situation;
        }
        return -1;
    }

    boolean names(Verdict verdict) {
        for (Violation violation : verdict.violations()) {
            if (violation.invariant().equals(invariant)) {
                return true;
            }
        }
        return false;
    }

    /// A call that changes nothing can be left out, and then the history may be one that was tried.
    private boolean isKnownWithout(Script script, int call, Situation from, Situation to) {
        return from.machine() == to.machine()
                && from.shadow() == to.shadow()
                && tried.contains(script.without(call).hash);
    }
}
