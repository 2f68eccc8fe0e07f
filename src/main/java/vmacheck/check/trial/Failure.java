package vmacheck.check.trial;

import io.vavr.collection.Vector;
import vmacheck.invariant.Violation;

/// Where a history first violates something.
///
/// @param call       index of the call, counted from 0
/// @param violations all that it violates, in the order of the invariants
public record Failure(int call, Vector<Violation> violations) {}
