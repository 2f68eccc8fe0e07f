package vmacheck.check.trial;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.call.Transcript;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Level;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.rules.Rules;

/// Runs whole histories.
public record Trial(Checker checker) {
    public static Trial of(Rules rules) {
        return new Trial(Checker.of(rules));
    }

    /// With some invariants more.
    public static Trial of(Rules rules, Vector<Invariant> more) {
        return new Trial(Checker.of(rules, more));
    }

    /// What every call of a history gives, also behind the first violation.
    public Vector<Verdict> run(History history) {
        List<Verdict> verdicts = new ArrayList<>(history.size());
        Situation situation = checker.start(history.setup());
        for (Call call : history.calls()) {
            Verdict verdict = checker.step(situation, call);
            verdicts.add(verdict);
            situation = verdict.after();
        }
        return Vector.ofAll(verdicts);
    }

    /// The first call that violates something that must hold, or none.
    public Option<Failure> failure(History history) {
        Situation situation = checker.start(history.setup());
        for (int i = 0; i < history.size(); i++) {
            Verdict verdict = checker.step(situation, history.calls().get(i));
            Vector<Violation> violations = safety(verdict);
            if (violations.nonEmpty()) {
                return Option.of(new Failure(i, violations));
            }
            situation = verdict.after();
        }
        return Option.none();
    }

    /// The history with the results that its calls have. A call that threw has none.
    public Transcript transcript(History history) {
        return new Transcript(history, run(history).map(Trial::result));
    }

    private static Option<Result> result(Verdict verdict) {
        return failed(verdict) ? Option.none() : Option.of(verdict.step().result());
    }

    /// Whether the step threw, in the model or in a user's code, and so has no result.
    public static boolean failed(Verdict verdict) {
        for (Violation violation : verdict.violations()) {
            if (violation.invariant().equals(OwnCode.DEFECT)
                    || violation.invariant().equals(Judged.MODEL_DEFECT)) {
                return true;
            }
        }
        return false;
    }

    /// What a step violates that must hold.
    public static Vector<Violation> safety(Verdict verdict) {
        return verdict.violations().isEmpty()
                ? Vector.empty()
                : Vector.ofAll(verdict.violations()).filter(violation -> violation.level() == Level.SAFETY);
    }
}
