package vmacheck.check.trial;

import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Judge;
import vmacheck.invariant.Level;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// The judge, with a net below it: an exception out of the model or out of a user's code must not end a search that
/// runs for hours, and the history that causes it is worth shrinking like any other.
final class Judged implements Checker {
    /// The name under which exceptions out of the model are reported, in the place of an invariant.
    static final String MODEL_DEFECT = "model-defect";

    private final Judge judge;
    private final boolean own;

    /// @param own whether there is code of a user in the rules or in the invariants
    Judged(Rules rules, Vector<Invariant> invariants, boolean own) {
        judge = new Judge(rules, invariants.toJavaList());
        this.own = own;
    }

    @Override
    public Verdict step(Situation situation, Call call) {
        try {
            return judge.step(situation, call);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return defect(situation, call, e);
        } catch (Error e) {
            if (place(e) == null) {
                throw e;
            }
            return defect(situation, call, e);
        }
    }

    private Verdict defect(Situation situation, Call call, Throwable e) {
        String place = place(e);
        Violation violation = place == null
                ? violation(MODEL_DEFECT, "the model itself fails: " + e + frame(e), call)
                : violation(OwnCode.DEFECT, place + ": " + oneLine(e), call);
        Step step = new Step(situation.machine(), call, Result.ZERO, situation.machine(), List.of());
        return new Verdict(step, situation, List.of(violation));
    }

    /// Java drops the stack trace of exceptions that come often, unless it is told not to. The model has none of those.
    private @Nullable String place(Throwable e) {
        return own && e.getStackTrace().length == 0 ? judge.rules().name() : OwnCode.place(e.getStackTrace());
    }

    private static Violation violation(String name, String message, Call call) {
        return new Violation(name, Level.SAFETY, message, call.process(), Vector.empty());
    }

    private static String oneLine(Throwable e) {
        @Nullable String text = e.toString();
        return text == null ? e.getClass().getName() : text.replaceAll("\\s+", " ");
    }

    private static String frame(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
