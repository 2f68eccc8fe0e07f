package vmacheck.invariant;

import java.util.List;
import vmacheck.kernel.Step;

/// What one checked step gave.
///
/// @param violations in the order of the invariants, at most one of each
public record Verdict(Step step, Situation after, List<Violation> violations) {}
