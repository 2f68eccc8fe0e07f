package vmacheck.invariant;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Steps a machine and its shadow, which never merges, and asks the invariants. Safe for any number of threads.
///
/// An invariant about the state is violated by the step that breaks it, and not once more by each step that follows.
/// Where user space can tell the machine from its shadow, the shadow starts anew from the machine: each difference
/// is seen once, and those that are allowed do not hide others for the rest of the history.
public final class Judge {
    private final Rules rules;
    private final Kernel kernel;
    private final Kernel shadowKernel;
    private final Invariant[] invariants;
    private final ThreadLocal<Facts> facts = ThreadLocal.withInitial(Facts::new);

    public Judge(Rules rules) {
        this(rules, Invariants.ALL.toJavaList());
    }

    public Judge(Rules rules, List<Invariant> invariants) {
        this.rules = rules;
        this.kernel = new Kernel(rules);
        this.shadowKernel = new Kernel(Linux.neverMerging(rules));
        this.invariants = invariants.toArray(Invariant[]::new);
    }

    public Rules rules() {
        return rules;
    }

    /// What a call does to a situation, and what is wrong with it. An exception out of the kernel is passed on.
    public Verdict step(Situation situation, Call call) {
        Step step = kernel.step(situation.machine(), call);
        boolean together = situation.machine() == situation.shadow() && !isMerged(step);
        Step shadow = together ? step : shadowKernel.step(situation.shadow(), call);
        Facts changes = facts.get();
        changes.observe(step);
        Divergence divergence = Comparison.compare(step, shadow, changes);
        List<Violation> violations = ask(new Observation(rules, step, shadow, changes, divergence));
        Machine after = divergence == null ? shadow.after() : step.after();
        return new Verdict(step, new Situation(step.after(), after), violations);
    }

    /// Without a merge the shadow does the same as the machine, as long as it was the same before.
    static boolean isMerged(Step step) {
        for (int i = 0; i < step.merges().size(); i++) {
            MergeAttempt attempt = step.merges().get(i);
            if (attempt.merged() != null) {
                return true;
            }
        }
        return false;
    }

    private List<Violation> ask(Observation observation) {
        @Nullable List<Violation> violations = null;
        for (Invariant invariant : invariants) {
            Violation violation = invariant.judge(observation);
            if (violation != null) {
                if (violations == null) {
                    violations = new ArrayList<>(2);
                }
                violations.add(violation);
            }
        }
        return violations == null ? List.of() : List.copyOf(violations);
    }
}
