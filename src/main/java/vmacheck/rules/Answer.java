package vmacheck.rules;

/// One answer to a decision.
///
/// @param name   what the answer says, in a few words
/// @param source kernel versions, commit or observation
/// @param value  the answer itself; functions compare by `name`
public record Answer<A>(String name, String source, A value) {}
