package vmacheck.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmacheck.counterexample.Corpus;
import vmacheck.live.Aspect;
import vmacheck.live.ConformOptions;
import vmacheck.live.Door;
import vmacheck.live.LiveKernel;
import vmacheck.live.RecordingReader;
import vmacheck.report.ConformJson;
import vmacheck.report.ConformRun;
import vmacheck.report.ConformText;
import vmacheck.report.Json;
import vmacheck.rules.Rules;

/// `vmacheck conform`: the live kernel as judge of the model.
@Command(
        name = "conform",
        description = {
            "Runs random histories on a real kernel and on the model, and compares the two.",
            "All that can be observed is compared, after every call. What differs is shrunk and saved. It can be",
            "interrupted at any time: nothing is lost."
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  kernel and model agree",
            "  1  they differ",
            "  2  wrong usage or bad input",
            "  3  there is no kernel to ask, or no compiler for the program that asks it"
        })
final class ConformCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);
    private static final int SEEDS = 1_000_000_000;

    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Option(
            names = "--live",
            paramLabel = "KERNEL",
            defaultValue = LiveOption.HOST,
            description =
                    "The kernel: host, this Linux (the default); uml, Debian's User Mode Linux; or the path of a User"
                            + " Mode Linux, which is a kernel built with make ARCH=um.")
    private String live = LiveOption.HOST;

    @Option(
            names = "--rules",
            paramLabel = "R",
            description = "Rules of the model: a name (see vmacheck rules) or the path of a Java file. Without it those"
                    + " of the kernel's own version.")
    private @Nullable String rules;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "How long to compare, such as 60s, 5m or 1h (default: 60s).")
    private @Nullable Duration time;

    @Option(names = "--steps", paramLabel = "N", description = "How many calls to compare instead.")
    private @Nullable Long steps;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Of all chance. The same seed runs the same histories (default: a new one, which is printed).")
    private @Nullable Long seed;

    @Option(
            names = "--length",
            paramLabel = "N",
            defaultValue = "" + ConformOptions.DEFAULT_LENGTH,
            description = "Calls in a history (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--levels",
            paramLabel = "LIST",
            description = "What to compare: 1 results, 2 VMAs, 3 pages, 4 hidden fields, 5 accounting (default: all"
                    + " that can be observed).")
    private @Nullable String levels;

    @Option(names = "--record", paramLabel = "FILE", description = "Keep all that the kernel shows in this file.")
    private @Nullable Path record;

    @Option(names = "--against", paramLabel = "FILE", description = "Compare with such a file, and with no kernel.")
    private @Nullable Path against;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "differences",
            description = "Where histories that differ are saved (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("differences");

    ConformCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        @Nullable Rules chosen = rules == null ? null : RulesOption.find("--rules", rules);
        ConformOptions options = options();
        Corpus corpus = new Corpus(out);
        corpus.requireWritable();
        try (Interruption interruption = Interruption.watch()) {
            return print(
                    against == null
                            ? live(chosen, corpus, options, interruption)
                            : recorded(chosen, corpus, options, interruption));
        }
    }

    private ConformRun live(@Nullable Rules chosen, Corpus corpus, ConformOptions options, Interruption interruption) {
        try (Door door = LiveOption.open(live)) {
            return new Conforming(
                            screen,
                            corpus,
                            LiveOption.rulesOf(door.kernel(), chosen),
                            observable(options, door.kernel()))
                    .run(door, record, interruption);
        }
    }

    private ConformRun recorded(
            @Nullable Rules chosen, Corpus corpus, ConformOptions options, Interruption interruption) {
        if (time != null || steps != null || seed != null || record != null) {
            throw new Usage("conform: --against with --for, --steps, --seed or --record; expected it without them");
        }
        try (RecordingReader recording = new RecordingReader(Objects.requireNonNull(against))) {
            ConformOptions observable = observable(options, recording.kernel());
            return new Conforming(screen, corpus, LiveOption.rulesOf(recording.kernel(), chosen), observable)
                    .run(recording, interruption);
        }
    }

    private int print(ConformRun run) {
        screen.out().print(common.json ? Json.print(ConformJson.of(run)) + "\n" : ConformText.print(run));
        screen.out().flush();
        return run.report().agrees() ? Exit.HELD : Exit.VIOLATED;
    }

    private ConformOptions observable(ConformOptions options, LiveKernel kernel) {
        return options.only(LevelsOption.observable(LevelsOption.parse("conform", levels), kernel));
    }

    private ConformOptions options() {
        if (time != null && steps != null) {
            throw new Usage("conform: both --for and --steps; expected one of them");
        }
        require(length, "--length");
        require(steps == null ? 1 : steps, "--steps");
        // A level that does not exist is said before a kernel is booted.
        Set<Aspect> aspects = LevelsOption.parse("conform", levels);
        return new ConformOptions(
                seed == null ? new SecureRandom().nextInt(SEEDS) : seed,
                length,
                steps == null ? Long.MAX_VALUE : steps,
                steps != null ? Duration.ofDays(365) : time == null ? DEFAULT_TIME : time,
                aspects == null ? EnumSet.allOf(Aspect.class) : aspects);
    }

    private static void require(long number, String option) {
        if (number < 1) {
            throw new Usage("conform: " + option + " " + number + "; expected 1 or more");
        }
    }
}
