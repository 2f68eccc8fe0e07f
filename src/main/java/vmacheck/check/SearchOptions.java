package vmacheck.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vmacheck.check.shrink.Shrinker;
import vmacheck.invariant.Level;
import vmacheck.invariant.Violation;

/// How long and how a search goes on. Two searches with the same seed, histories, length and round find the same,
/// whatever the number of workers.
///
/// @param seed        of all histories
/// @param histories   how many to run at most
/// @param limit       time after which no new history is begun; shrinking may go on a little longer
/// @param length      calls of a history
/// @param workers     threads
/// @param round       histories between two looks at what was found
/// @param keepGoing   whether to go on after a round with a violation
/// @param strict      whether advice counts like a violation
/// @param examples    how many histories that violate one invariant are shrunk
/// @param shrinkSteps calls that one shrink may run
/// @param target      the one invariant, safety or advice, that is searched for; null for all
public record SearchOptions(
        long seed,
        long histories,
        Duration limit,
        int length,
        int workers,
        int round,
        boolean keepGoing,
        boolean strict,
        int examples,
        long shrinkSteps,
        @Nullable String target) {
    public static final int DEFAULT_LENGTH = 40;

    private static final int DEFAULT_ROUND = 1024;
    private static final int DEFAULT_EXAMPLES = 3;

    public SearchOptions {
        require(histories >= 0, "histories", histories);
        require(length >= 1, "length", length);
        require(workers >= 1, "workers", workers);
        require(round >= 1, "round", round);
        require(examples >= 1, "examples", examples);
    }

    private static void require(boolean holds, String name, long value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must not be " + value);
        }
    }

    /// Without limits, on one thread.
    public static SearchOptions of(long seed) {
        return new SearchOptions(
                seed,
                Long.MAX_VALUE,
                Duration.ofNanos(Long.MAX_VALUE),
                DEFAULT_LENGTH,
                1,
                DEFAULT_ROUND,
                false,
                false,
                DEFAULT_EXAMPLES,
                Shrinker.DEFAULT_STEPS,
                null);
    }

    public SearchOptions withHistories(long most) {
        return new SearchOptions(
                seed, most, limit, length, workers, round, keepGoing, strict, examples, shrinkSteps, target);
    }

    public SearchOptions withLimit(Duration most) {
        return new SearchOptions(
                seed, histories, most, length, workers, round, keepGoing, strict, examples, shrinkSteps, target);
    }

    public SearchOptions withLength(int calls) {
        return new SearchOptions(
                seed, histories, limit, calls, workers, round, keepGoing, strict, examples, shrinkSteps, target);
    }

    public SearchOptions withWorkers(int threads) {
        return new SearchOptions(
                seed, histories, limit, length, threads, round, keepGoing, strict, examples, shrinkSteps, target);
    }

    public SearchOptions withKeepGoing(boolean on) {
        return new SearchOptions(
                seed, histories, limit, length, workers, round, on, strict, examples, shrinkSteps, target);
    }

    public SearchOptions withStrict(boolean on) {
        return new SearchOptions(
                seed, histories, limit, length, workers, round, keepGoing, on, examples, shrinkSteps, target);
    }

    public SearchOptions withExamples(int most) {
        return new SearchOptions(
                seed, histories, limit, length, workers, round, keepGoing, strict, most, shrinkSteps, target);
    }

    public SearchOptions withShrinkSteps(long most) {
        return new SearchOptions(
                seed, histories, limit, length, workers, round, keepGoing, strict, examples, most, target);
    }

    /// Searches for one history that violates this invariant, whatever else it finds.
    public SearchOptions withTarget(String invariant) {
        return new SearchOptions(
                seed, histories, limit, length, workers, round, keepGoing, strict, 1, shrinkSteps, invariant);
    }

    /// Whether a violation ends a history.
    public boolean breaks(Violation violation) {
        return strict || violation.level() == Level.SAFETY || isTarget(violation);
    }

    /// Whether a violation is what is searched for.
    boolean isWanted(Violation violation) {
        return target == null || isTarget(violation);
    }

    private boolean isTarget(Violation violation) {
        return violation.invariant().equals(target);
    }
}
