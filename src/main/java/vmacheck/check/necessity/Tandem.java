package vmacheck.check.necessity;

import io.vavr.collection.Vector;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import vmacheck.call.Call;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.MergeAttempt;
import vmacheck.model.Setup;
import vmacheck.rules.Rules;

/// Runs a history under rules and under the same with a condition dropped. What the rules themselves violate is no
/// reason for the condition, so a history on which they do counts no longer from there on.
///
/// `merge-legal` is left out: it says that merges keep the conditions, and the question is what for.
final class Tandem implements Checker {
    private static final String MERGE_LEGAL = "merge-legal";

    private final Checker weak;
    private final Checker strict;
    private final LongAdder more;

    /// @param more counts the merges that the weaker rules have done more, step by step
    Tandem(Rules weak, Rules strict, LongAdder more) {
        this.weak = Checker.of(weak);
        this.strict = Checker.of(strict);
        this.more = more;
    }

    @Override
    public Situation start(Setup setup) {
        Situation start = weak.start(setup);
        return new Situation(start.machine(), start.shadow(), strict.start(setup));
    }

    @Override
    public Verdict step(Situation situation, Call call) {
        Verdict verdict = weak.step(situation, call);
        Situation strictly = Objects.requireNonNull(situation.beside());
        Verdict beside = strict.step(strictly, call);
        boolean spoiled = strictly.beside() != null || counting(beside).nonEmpty();
        int merges = merges(verdict) - merges(beside);
        if (merges > 0) {
            more.add(merges);
        }
        Vector<Violation> violations = spoiled ? Vector.empty() : counting(verdict);
        Situation after = new Situation(
                verdict.after().machine(), verdict.after().shadow(), next(strictly, beside.after(), spoiled));
        return new Verdict(verdict.step(), after, violations.isEmpty() ? List.of() : violations.asJava());
    }

    /// A situation that is beside itself is spoiled. One that did not change stays the same object.
    private static Situation next(Situation before, Situation after, boolean spoiled) {
        boolean same = before.machine() == after.machine()
                && before.shadow() == after.shadow()
                && (before.beside() != null) == spoiled;
        return same ? before : new Situation(after.machine(), after.shadow(), spoiled ? after : null);
    }

    private static Vector<Violation> counting(Verdict verdict) {
        return verdict.violations().isEmpty()
                ? Vector.empty()
                : Trial.safety(verdict)
                        .filter(violation -> !violation.invariant().equals(MERGE_LEGAL));
    }

    private static int merges(Verdict verdict) {
        int count = 0;
        for (MergeAttempt attempt : verdict.step().merges()) {
            if (attempt.merged() != null) {
                count += attempt.prevRefusal() == null && attempt.nextRefusal() == null ? 2 : 1;
            }
        }
        return count;
    }
}
