package vmacheck.rules;

import org.jspecify.annotations.Nullable;

/// A point at which kernels differ or could differ.
///
/// @param index    position in [Decisions#ALL]
/// @param name     stable, in kebab-case
/// @param question one line
/// @param source   kernel function that decides it
/// @param refusal  what is reported when a merge condition says no; null for other decisions
public record Decision<A>(
        int index,
        String name,
        String question,
        String source,
        @Nullable Refusal refusal) {}
