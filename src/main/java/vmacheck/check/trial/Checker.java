package vmacheck.check.trial;

import io.vavr.collection.Vector;
import vmacheck.call.Call;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Invariants;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.model.Setup;
import vmacheck.rules.Rules;

/// All that search and shrinking know of what they check. Safe for any number of threads.
public interface Checker {
    default Situation start(Setup setup) {
        return Situation.start(setup);
    }

    /// Does one call and judges it. Never throws: a defect of the model, or of a user's code, is a violation too.
    Verdict step(Situation situation, Call call);

    /// The checker of a set of rules, with all invariants.
    static Checker of(Rules rules) {
        return of(rules, Vector.empty());
    }

    /// The checker of a set of rules, with all invariants and some more.
    static Checker of(Rules rules, Vector<Invariant> more) {
        boolean own = OwnCode.isIn(rules, more);
        Checker judged = new Judged(rules, Invariants.ALL.appendAll(more), own);
        return own ? new Watch(judged, rules.name()) : judged;
    }
}
