package vmacheck.rules;

/// One answer to a decision.
///
/// @param name   what the answer says, in a few words
/// @param source kernel versions, commit or observation
/// @param value  the answer itself; a function is the same as itself alone
public record Answer<A>(String name, String source, A value) {
    /// Whether another answer says the same, wherever it comes from.
    public boolean isSame(Answer<?> other) {
        return name.equals(other.name) && value.equals(other.value);
    }
}
