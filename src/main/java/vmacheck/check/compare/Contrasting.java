package vmacheck.check.compare;

import io.vavr.collection.Vector;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Watch;
import vmacheck.invariant.Level;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// Asks one question of a step: can user space tell two rules apart by this kind of thing? As a checker, so that what
/// shrinks a violation shrinks a difference too. The machine of a situation is that of the first rules, its shadow
/// that of the second.
final class Contrasting implements Checker {
    private static final String FAILED = "failed";

    private final Kernel one;
    private final Kernel other;
    private final Aspect aspect;
    private final Contrast contrast;

    private Contrasting(Rules one, Rules other, Aspect aspect) {
        this.one = new Kernel(one);
        this.other = new Kernel(other);
        this.aspect = aspect;
        contrast = new Contrast(one.name(), other.name());
    }

    static Checker of(Rules one, Rules other, Aspect aspect) {
        return Watch.over(new Contrasting(one, other, aspect), one, other);
    }

    @Override
    public Verdict step(Situation situation, Call call) {
        try {
            Step mine = one.step(situation.machine(), call);
            Step theirs = other.step(situation.shadow(), call);
            Contrast.Found found = contrast.find(aspect, mine, theirs);
            Situation after = new Situation(mine.after(), theirs.after());
            return new Verdict(mine, after, found == null ? List.of() : List.of(violation(aspect.key(), found)));
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return failed(situation, call);
        } catch (Error e) {
            if (!OwnCode.isLoop(e)) {
                throw e;
            }
            return failed(situation, call);
        }
    }

    private static Violation violation(String name, Contrast.Found found) {
        Vector<Integer> pages = found.page() < 0 ? Vector.empty() : Vector.of(found.page());
        return new Violation(name, Level.SAFETY, found.message(), found.process(), pages);
    }

    /// A step that throws shows no difference, and nothing behind it does.
    private static Verdict failed(Situation situation, Call call) {
        Step step = new Step(situation.machine(), call, Result.ZERO, situation.machine(), List.of());
        Contrast.Found nothing = new Contrast.Found(call.process(), -1, FAILED);
        return new Verdict(step, situation, List.of(violation(FAILED, nothing)));
    }
}
