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
import picocli.CommandLine.Parameters;
import vmacheck.call.Nearest;
import vmacheck.check.SearchOptions;
import vmacheck.counterexample.Corpus;
import vmacheck.report.BugHunt;
import vmacheck.report.BugsText;
import vmacheck.report.CheckRun;
import vmacheck.report.Json;
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;

/// `vmacheck bugs`.
@Command(
        name = "bugs",
        description = {
            "Hunts historic bugs, one after the other.",
            "Searches for a violation of the invariant that each is known to break, shrinks it and saves it. Advice",
            "counts where the bug is a missed merge."
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  all were found",
            "  1  some were not found",
            "  2  wrong usage or bad input",
            "  3  something that the command needs is missing"
        })
final class BugsCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(60);
    private static final int SEEDS = 1_000_000_000;

    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Bugs to hunt (see vmacheck rules); all without it.")
    private final List<String> ids = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "How long to search for each, such as 60s, 5m or 1h (default: 60s).")
    private @Nullable Duration time;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of all chance. The same seed finds the same (default: a new one, which is printed).")
    private @Nullable Long seed;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads (default: one for each processor). What is found does not depend on it.")
    private @Nullable Integer workers;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "counterexamples",
            description = "Where counterexamples are saved (default: ${DEFAULT-VALUE}).")
    private Path out = Corpus.DEFAULT_ROOT;

    BugsCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Vector<Bug> bugs = ids.isEmpty() ? Bugs.ALL : Vector.ofAll(ids).map(BugsCommand::find);
        if (workers != null && workers < 1) {
            throw new Usage("bugs: --workers " + workers + "; expected 1 or more");
        }
        SearchOptions options = SearchOptions.of(seed == null ? new SecureRandom().nextInt(SEEDS) : seed)
                .withWorkers(workers == null ? Runtime.getRuntime().availableProcessors() : workers)
                .withLimit(time == null ? DEFAULT_TIME : time);
        Corpus corpus = new Corpus(out);
        corpus.requireWritable();
        try (Interruption interruption = Interruption.watch()) {
            Vector<BugHunt> hunts = Vector.empty();
            for (Bug bug : bugs) {
                if (!interruption.happened()) {
                    CheckRun run = new Searching(
                                    screen, corpus, bug.rules(), Vector.empty(), options.withTarget(bug.invariant()))
                            .run(interruption);
                    hunts = hunts.append(BugHunt.of(bug, run));
                }
            }
            screen.out()
                    .print(
                            common.json
                                    ? Json.print(BugsText.json(hunts)) + "\n"
                                    : BugsText.table(hunts, options.seed()));
            screen.out().flush();
            return hunts.size() == bugs.size() && hunts.forAll(BugHunt::isFound) ? Exit.HELD : Exit.VIOLATED;
        }
    }

    private static Bug find(String id) {
        return Bugs.find(id).getOrElseThrow(() -> {
            Vector<String> known = Bugs.ALL.map(Bug::id);
            String hint = Nearest.to(id, known)
                    .map(near -> " (did you mean " + near + "?)")
                    .getOrElse("");
            return new Usage("bugs: unknown bug \"" + id + "\"" + hint + "; expected one of " + known.mkString(", "));
        });
    }
}
