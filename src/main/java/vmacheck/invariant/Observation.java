package vmacheck.invariant;

import vmacheck.kernel.Step;
import vmacheck.rules.Rules;

/// What an invariant looks at.
///
/// @param rules  the rules that the step followed
/// @param step   the step on the machine that is checked
/// @param shadow the same call on the shadow: the machine with the same history under the same rules that never merge
public record Observation(Rules rules, Step step, Step shadow) {}
