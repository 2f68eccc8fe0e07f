package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmacheck.check.SearchOptions;
import vmacheck.counterexample.Corpus;
import vmacheck.invariant.Invariant;
import vmacheck.report.CheckJson;
import vmacheck.report.CheckRun;
import vmacheck.report.CheckText;
import vmacheck.report.Json;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// `vmacheck check`, the main job.
@Command(
        name = "check",
        description = {
            "Runs random histories on the model and judges every step by every invariant.",
            "What fails is shrunk and saved, and the search ends. It can be interrupted at any time: nothing is lost."
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  everything held",
            "  1  an invariant was violated",
            "  2  wrong usage or bad input",
            "  3  something that the command needs is missing"
        })
final class CheckCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);
    /// Seeds that the program chooses are short enough to be read out.
    private static final int SEEDS = 1_000_000_000;

    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Option(
            names = "--rules",
            paramLabel = "R",
            description = {
                "Rules to check; can be given again, each is checked on its own. A name (see vmacheck rules) or"
                        + " the path of a Java file. Without it the newest kernel."
            })
    private final List<String> rules = new ArrayList<>();

    @Option(
            names = "--invariant",
            paramLabel = "FILE",
            description =
                    "The path of a Java file with an invariant of your own, to judge by it too; can be given again.")
    private final List<String> invariants = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "How long to search, such as 60s, 5m or 1h (default: 60s).")
    private @Nullable Duration time;

    @Option(names = "--histories", paramLabel = "N", description = "How many histories to run instead.")
    private @Nullable Long histories;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Of all chance. The same seed runs the same histories (default: a new one, which is printed).")
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

    @Option(names = "--strict", description = "Advice counts as a violation.")
    private boolean strict;

    @Option(names = "--keep-going", description = "Go on after a violation.")
    private boolean keepGoing;

    @Option(names = "--coverage", description = "Print how often each call, result, merge and refusal came up.")
    private boolean coverage;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "counterexamples",
            description = "Where counterexamples are saved (default: ${DEFAULT-VALUE}).")
    private Path out = Corpus.DEFAULT_ROOT;

    CheckCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        return Patience.run(this::check, new Corpus(out));
    }

    private int check() {
        Vector<Rules> chosen = rules.isEmpty()
                ? Vector.of(RuleBook.newest())
                : Vector.ofAll(rules).map(name -> RulesOption.find("--rules", name));
        Vector<Invariant> own = InvariantFile.loadAll(invariants);
        SearchOptions options = options();
        Corpus corpus = new Corpus(out);
        corpus.requireWritable();
        try (Interruption interruption = Interruption.watch()) {
            Vector<CheckRun> runs = Vector.empty();
            for (Rules one : chosen) {
                if (!interruption.happened()) {
                    CheckRun run = new Searching(screen, corpus, one, own, options).run(interruption);
                    if (!common.json) {
                        screen.out().print((runs.isEmpty() ? "" : "\n") + CheckText.print(run, coverage));
                        screen.out().flush();
                    }
                    runs = runs.append(run);
                }
            }
            if (common.json) {
                screen.out().println(Json.print(CheckJson.of(runs, coverage)));
                screen.out().flush();
            }
            Vector<String> failures = OwnFailure.of(runs);
            failures.forEach(failure -> Main.complain(screen, failure, Exit.USAGE));
            return failures.nonEmpty() ? Exit.USAGE : runs.forAll(CheckRun::holds) ? Exit.HELD : Exit.VIOLATED;
        }
    }

    private SearchOptions options() {
        if (time != null && histories != null) {
            throw new Usage("check: both --for and --histories; expected one of them");
        }
        require(length, "--length");
        require(histories == null ? 1 : histories, "--histories");
        require(workers == null ? 1 : workers, "--workers");
        SearchOptions options = SearchOptions.of(seed == null ? new SecureRandom().nextInt(SEEDS) : seed)
                .withLength(length)
                .withWorkers(workers == null ? Runtime.getRuntime().availableProcessors() : workers)
                .withStrict(strict)
                .withKeepGoing(keepGoing);
        return histories != null
                ? options.withHistories(histories)
                : options.withLimit(time == null ? DEFAULT_TIME : time);
    }

    private static void require(long number, String option) {
        if (number < 1) {
            throw new Usage("check: " + option + " " + number + "; expected 1 or more");
        }
    }
}
