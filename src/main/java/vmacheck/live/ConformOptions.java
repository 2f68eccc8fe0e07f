package vmacheck.live;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// How far a comparison with a kernel goes.
///
/// @param seed    of all chance
/// @param length  calls in a history
/// @param steps   calls to compare at most
/// @param limit   time for all of it: what is found is saved at once, and shrunk as far as time allows
/// @param aspects what to compare
public record ConformOptions(long seed, int length, long steps, Duration limit, Set<Aspect> aspects) {
    public static final int DEFAULT_LENGTH = 40;

    /// Without what cannot be compared.
    public ConformOptions only(Set<Aspect> observable) {
        Set<Aspect> rest = EnumSet.copyOf(aspects);
        rest.retainAll(observable);
        return new ConformOptions(seed, length, steps, limit, rest);
    }
}
