package vmacheck.counterexample;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.call.Transcript;

/// A history on which rules violate an invariant. A file with nothing but a history is one too, for whatever rules its
/// reader chooses.
///
/// @param rules      name of the rules, or null if none were given
/// @param violates   name of the invariant, or null if none was given
/// @param found      how it was found: `seed 42, history 17, vmacheck 0.1`; or null
/// @param holds      names of rules under which the history violates nothing
/// @param transcript the history, with the results that its calls have under `rules`
public record Counterexample(
        @Nullable String rules,
        @Nullable String violates,
        @Nullable String found,
        Vector<String> holds,
        Transcript transcript) {

    public Counterexample {
        requireLine("rules", rules);
        requireLine("violates", violates);
        requireLine("found", found);
        for (String name : holds) {
            requireLine("holds", name);
            if (name.contains(",")) {
                throw new IllegalArgumentException("holds: a name has no comma, unlike \"" + name + "\"");
            }
        }
    }

    /// A counterexample with nothing but a history.
    public static Counterexample of(Transcript transcript) {
        return new Counterexample(null, null, null, Vector.empty(), transcript);
    }

    public History history() {
        return transcript.history();
    }

    /// The expected result of each call, where one is known.
    public Vector<Option<Result>> results() {
        return transcript.results();
    }

    public Counterexample withHolds(Vector<String> newHolds) {
        return new Counterexample(rules, violates, found, newHolds, transcript);
    }

    /// Whether there is anything to say besides the history.
    boolean hasHeader() {
        return rules != null || violates != null || found != null || !holds.isEmpty();
    }

    /// What stands in a line of its own must come back from it as it was.
    private static void requireLine(String key, @Nullable String value) {
        boolean fits = value == null
                || !value.isEmpty()
                        && value.equals(value.strip())
                        && value.indexOf('#') < 0
                        && value.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t');
        if (!fits) {
            throw new IllegalArgumentException(key + ": \"" + value + "\" does not fit in a line of its own");
        }
    }
}
