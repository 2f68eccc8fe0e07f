package vmacheck.check.trial;

import io.vavr.collection.Vector;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.invariant.Judge;
import vmacheck.invariant.Level;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// The judge, with a net below it: an exception out of the model must not end a search that runs for hours, and the
/// history that causes it is worth shrinking like any other.
final class Judged implements Checker {
    /// The name under which exceptions are reported, in the place of an invariant.
    private static final String MODEL_DEFECT = "model-defect";

    private final Judge judge;

    Judged(Rules rules) {
        judge = new Judge(rules);
    }

    @Override
    public Verdict step(Situation situation, Call call) {
        try {
            return judge.step(situation, call);
        } catch (RuntimeException e) {
            return defect(situation, call, e);
        }
    }

    private static Verdict defect(Situation situation, Call call, RuntimeException e) {
        StackTraceElement[] trace = e.getStackTrace();
        String place = trace.length == 0 ? "" : " at " + trace[0];
        Violation violation = new Violation(
                MODEL_DEFECT, Level.SAFETY, "the model itself fails: " + e + place, call.process(), Vector.empty());
        Step step = new Step(situation.machine(), call, Result.ZERO, situation.machine(), List.of());
        return new Verdict(step, situation, List.of(violation));
    }
}
