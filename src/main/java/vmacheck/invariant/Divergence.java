package vmacheck.invariant;

import org.jspecify.annotations.Nullable;

/// The first difference between a machine and its shadow that user space can see.
///
/// @param page      where, or -1 if the results of the call differ
/// @param message   one sentence
/// @param exception the listed exception that explains it, or null if there is none
record Divergence(
        int process, int page, String message, @Nullable TransparencyException exception) {}
