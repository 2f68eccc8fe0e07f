package vmacheck.check.shrink;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.model.Vma;

/// Runs each candidate. It fails alike if the same invariant is among those that it violates first of all: a history
/// that violates another one before it is another bug.
final class JudgedProbe extends Probe {
    private final Checker checker;
    private final String invariant;
    private final long mostSteps;
    private final BooleanSupplier stop;
    /// Where the best history stands before each of its calls, so that a candidate runs from its first difference.
    private @Nullable Situation[] before;
    /// The process that each call of the best history made, or [Vma#NONE].
    private int[] children;

    private long steps;

    private JudgedProbe(
            Checker checker,
            String invariant,
            long mostSteps,
            BooleanSupplier stop,
            Script start,
            @Nullable Situation[] before,
            int[] children) {
        super(start);
        this.checker = checker;
        this.invariant = invariant;
        this.mostSteps = mostSteps;
        this.stop = stop;
        this.before = before;
        this.children = children;
    }

    static JudgedProbe of(Checker checker, String invariant, long mostSteps, BooleanSupplier stop, Script start) {
        Situation[] before = new Situation[start.size() + 1];
        int[] children = new int[start.size() + 1];
        before[0] = checker.start(start.setup);
        JudgedProbe probe = new JudgedProbe(checker, invariant, mostSteps, stop, start, before, children);
        int failing = probe.run(start, 0, before, children);
        if (failing < 0) {
            throw new UnrepeatableException(invariant);
        }
        return new JudgedProbe(checker, invariant, mostSteps, stop, start.head(failing + 1), before, children);
    }

    /// A probe of its own for another history that fails alike, with a part of what is left to this one.
    JudgedProbe fork(Script other, long share) {
        return of(checker, invariant, Math.min(share, mostSteps - steps), stop, other);
    }

    /// Adds what a fork of this probe ran to the account.
    void charge(JudgedProbe fork) {
        steps += fork.steps;
        addCandidates(fork.candidates());
    }

    long steps() {
        return steps;
    }

    @Override
    int child(int index) {
        return children[index];
    }

    /// Where the best history stands before call `index`.
    Situation before(int index) {
        return Objects.requireNonNull(before[index]);
    }

    @Override
    boolean isSpent() {
        return steps >= mostSteps || stop.getAsBoolean();
    }

    /// One call, outside of any candidate.
    Verdict step(Situation situation, Call call) {
        Verdict verdict = checker.step(situation, call);
        steps += 1 + OwnCode.steps();
        return verdict;
    }

    @Override
    int test(Script candidate) {
        int common = candidate.commonHead(best());
        @Nullable Situation[] situations = new Situation[candidate.size() + 1];
        int[] made = new int[candidate.size() + 1];
        int known = Math.min(common, size() - 1);
        System.arraycopy(before, 0, situations, 0, known + 1);
        System.arraycopy(children, 0, made, 0, known);
        if (common == 0) {
            situations[0] = checker.start(candidate.setup);
        }
        int failing = run(candidate, known, situations, made);
        if (failing >= 0) {
            before = Arrays.copyOf(situations, failing + 2);
            children = Arrays.copyOf(made, failing + 2);
        }
        return failing + 1;
    }

    /// Runs a script from call `from` on.
    ///
    /// @return the call that violates the invariant, or -1
    private int run(Script script, int from, @Nullable Situation[] situations, int[] made) {
        Situation situation = Objects.requireNonNull(situations[from]);
        for (int i = from; i < script.size(); i++) {
            Verdict verdict = step(situation, script.get(i).call);
            if (!verdict.violations().isEmpty()) {
                if (names(verdict)) {
                    made[i] = Vma.NONE;
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
                && from.beside() == to.beside()
                && wasTried(script.without(call));
    }
}
