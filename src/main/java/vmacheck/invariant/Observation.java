package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// What an invariant looks at.
///
/// @param rules      the rules that the step followed
/// @param step       the step on the machine that is checked
/// @param shadow     the same call on the shadow: the machine with the same history under the same rules that never
/// merge
/// @param facts      what the step changed, found out once for all invariants
/// @param divergence where the machine and its shadow came apart in this step, or null
public record Observation(
        Rules rules,
        Step step,
        Step shadow,
        Facts facts,
        @Nullable Divergence divergence) {
    /// An observation by itself; the judge makes them from facts that it uses again and again.
    public static Observation of(Rules rules, Step step, Step shadow) {
        Facts facts = new Facts();
        facts.observe(step);
        return new Observation(rules, step, shadow, facts, Comparison.compare(step, shadow, facts));
    }
}
