package vmacheck.cli;

import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vmacheck.check.SearchOptions;

/// How long and how a command searches: the options that several have in common.
final class Extent {
    /// Seeds that the program chooses are short enough to be read out.
    private static final int SEEDS = 1_000_000_000;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "How long to run histories, such as 60s, 5m or 1h.")
    private @Nullable Duration time;

    @Option(names = "--histories", paramLabel = "N", description = "How many histories to run instead.")
    private @Nullable Long histories;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Of all chance: the same seed runs the same histories (default: a new one, which is printed).")
    private @Nullable Long seed;

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "" + SearchOptions.DEFAULT_LENGTH,
            description = "Calls in a history (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads (default: one for each processor). What is found does not depend on it.")
    private @Nullable Integer workers;

    /// @param command for errors
    /// @param usual   how long to search if nothing is said
    SearchOptions options(String command, Duration usual) {
        if (time != null && histories != null) {
            throw new Usage(command + ": both --for and --histories; expected one of them");
        }
        require(command, length, "--length");
        require(command, histories == null ? 1 : histories, "--histories");
        require(command, workers == null ? 1 : workers, "--workers");
        SearchOptions options = SearchOptions.of(seed == null ? new SecureRandom().nextInt(SEEDS) : seed)
                .withLength(length)
                .withWorkers(workers == null ? Runtime.getRuntime().availableProcessors() : workers);
        return histories != null ? options.withHistories(histories) : options.withLimit(time == null ? usual : time);
    }

    private static void require(String command, long number, String option) {
        if (number < 1) {
            throw new Usage(command + ": " + option + " " + number + "; expected 1 or more");
        }
    }
}
