package vmacheck.check.trial;

import vmacheck.call.Call;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.model.Setup;
import vmacheck.rules.Rules;

/// All that search and shrinking know of what they check. Safe for any number of threads.
public interface Checker {
    default Situation start(Setup setup) {
        return Situation.start(setup);
    }

    /// Does one call and judges it. Never throws: a defect of the model is a violation too.
    Verdict step(Situation situation, Call call);

    /// The checker of a set of rules, with all invariants.
    static Checker of(Rules rules) {
        return new Judged(rules);
    }
}
