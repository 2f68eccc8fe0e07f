package vmacheck.report;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import vmacheck.call.Result;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Level;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.rules.Rules;

/// A file that was replayed under some rules.
///
/// @param file     as the user named it
/// @param verdicts one for each call
public record Replay(String file, Counterexample counterexample, Rules rules, Vector<Verdict> verdicts) {

    public static Replay run(String file, Counterexample counterexample, Rules rules) {
        return run(file, counterexample, rules, Vector.empty());
    }

    /// @param more invariants, besides the built-in ones
    public static Replay run(String file, Counterexample counterexample, Rules rules, Vector<Invariant> more) {
        Vector<Verdict> verdicts = Trial.of(rules, more).run(counterexample.history());
        return new Replay(file, counterexample, rules, verdicts);
    }

    /// The first call at which an invariant is violated that must hold, counted from 0.
    public Option<Integer> failingCall() {
        int index = verdicts.indexWhere(verdict -> failures(verdict).nonEmpty());
        return index < 0 ? Option.none() : Option.of(index);
    }

    /// All that is violated anywhere, by name, in order of appearance.
    public Vector<String> violated() {
        return verdicts.flatMap(this::failures).map(Violation::invariant).distinct();
    }

    /// What must hold and does not, and the advice that the file is about.
    private Vector<Violation> failures(Verdict verdict) {
        return Vector.ofAll(verdict.violations())
                .filter(violation -> violation.level() == Level.SAFETY
                        || violation.invariant().equals(counterexample.violates()));
    }

    /// The result that the file gives for a call, if it must come out under these rules: results in a file are those
    /// under the rules that it names.
    Option<Result> expected(int call) {
        return promisesResults() ? counterexample.results().get(call) : Option.none();
    }

    /// Whether the results in the file are those of these rules.
    private boolean promisesResults() {
        return counterexample.rules() == null || counterexample.rules().equals(rules.name());
    }

    /// The first call with another result than the file says, counted from 0.
    public Option<Integer> differingCall() {
        int index = Vector.range(0, verdicts.size()).indexWhere(this::differs);
        return index < 0 ? Option.none() : Option.of(index);
    }

    boolean differs(int call) {
        Result result = verdicts.get(call).step().result();
        return expected(call).exists(expected -> !expected.equals(result));
    }

    /// Whether nothing is violated and all results are those in the file.
    public boolean holds() {
        return failingCall().isEmpty() && differingCall().isEmpty();
    }
}
