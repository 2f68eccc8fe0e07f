package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.counterexample.Counterexample;
import vmacheck.counterexample.CounterexampleText;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// Replays whose violations are made up, so that what is printed does not depend on what the invariants say.
final class Replays {
    private Replays() {}

    /// @param violations at the last call
    static Replay of(String text, Rules rules, Violation... violations) {
        Counterexample counterexample = CounterexampleText.parse("bug.vma", text);
        Kernel kernel = new Kernel(rules);
        Situation situation = Situation.start(counterexample.history().setup());
        Vector<Verdict> verdicts = Vector.empty();
        for (Call call : counterexample.history().calls()) {
            Step step = kernel.step(situation.machine(), call);
            situation = new Situation(step.after(), step.after());
            boolean last = verdicts.size() + 1 == counterexample.history().size();
            verdicts = verdicts.append(new Verdict(step, situation, last ? List.of(violations) : List.of()));
        }
        return new Replay("bug.vma", counterexample, rules, verdicts);
    }
}
