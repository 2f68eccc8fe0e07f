package vmacheck.invariant;

import java.util.ArrayList;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Steps a machine and its shadow, and asks the invariants. Not safe for threads; cheap to make.
public final class Judge {
    private final Rules rules;
    private final Kernel kernel;
    private final Kernel shadowKernel;
    private final List<Invariant> invariants;

    public Judge(Rules rules) {
        this(rules, Invariants.ALL.toJavaList());
    }

    public Judge(Rules rules, List<Invariant> invariants) {
        this.rules = rules;
        this.kernel = new Kernel(rules);
        this.shadowKernel = new Kernel(Linux.neverMerging(rules));
        this.invariants = List.copyOf(invariants);
    }

    public Rules rules() {
        return rules;
    }

    public Verdict step(Situation situation, Call call) {
        Step step = kernel.step(situation.machine(), call);
        Step shadow = shadowKernel.step(situation.shadow(), call);
        Observation observation = new Observation(rules, step, shadow);
        List<Violation> violations = new ArrayList<>(0);
        for (Invariant invariant : invariants) {
            Violation violation = invariant.judge(observation);
            if (violation != null) {
                violations.add(violation);
            }
        }
        Machine after = shadow.result().equals(step.result()) ? shadow.after() : step.after();
        return new Verdict(step, new Situation(step.after(), after), violations);
    }
}
