package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmacheck.check.Finding;
import vmacheck.check.SearchListener;
import vmacheck.check.SearchOptions;
import vmacheck.check.necessity.Necessity;
import vmacheck.check.necessity.Reason;
import vmacheck.counterexample.Corpus;
import vmacheck.report.Json;
import vmacheck.report.NecessityJson;
import vmacheck.report.NecessityText;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.Weakening;

/// `vmacheck necessity`.
@Command(
        name = "necessity",
        description = {
            "Drops each condition of the merge decision in turn, and shows what goes wrong then.",
            "It looks for the shortest history that violates something without the condition, and nothing with it.",
            "Where there is one it is saved like any counterexample; where none is found, a merge could perhaps be",
            "had. By default it searches 10s for each condition."
        },
        footerHeading = "%nExit status:%n",
        footer = {"  0  searched, whatever came out", "  2  wrong usage or bad input"})
final class NecessityCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(10);

    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final Extent extent = new Extent();

    @Option(
            names = "--rules",
            paramLabel = "R",
            description = "A name (see vmacheck rules) or the path of a Java file. Without it the newest kernel.")
    private @Nullable String rules;

    @Option(
            names = "--condition",
            paramLabel = "C",
            description = "Drop only this condition, with its parts: same-flags, or same-flags:write alone, say.")
    private @Nullable String condition;

    @Option(names = "--markdown", description = "Print a section for the documentation.")
    private boolean markdown;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "counterexamples",
            description = "Where counterexamples are saved (default: ${DEFAULT-VALUE}).")
    private Path out = Corpus.DEFAULT_ROOT;

    NecessityCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        return Patience.run(this::search, new Corpus(out));
    }

    private int search() {
        Rules base = rules == null ? RuleBook.newest() : RulesOption.find("--rules", rules);
        Vector<Weakening> chosen = chosen(Weakening.of(base));
        if (common.json && markdown) {
            throw new Usage("necessity: both --json and --markdown; expected one of them");
        }
        SearchOptions options = extent.options("necessity", DEFAULT_TIME);
        Corpus corpus = new Corpus(out);
        corpus.requireWritable();
        try (Interruption interruption = Interruption.watch()) {
            screen.err().println(base.name() + ": seed " + options.seed());
            Vector<Reason> reasons = Vector.empty();
            Vector<String> files = Vector.empty();
            for (Weakening weakening : chosen) {
                if (!interruption.happened()) {
                    Found found = search(base, weakening, options, corpus, interruption);
                    reasons = reasons.append(found.reason());
                    files = files.append(found.file());
                }
            }
            print(new NecessityText.Table(base.name(), options.seed(), reasons, files, interruption.happened()));
            return Exit.HELD;
        }
    }

    private Vector<Weakening> chosen(Vector<Weakening> all) {
        if (condition == null) {
            return all;
        }
        Vector<Weakening> some = all.filter(weakening ->
                weakening.condition().equals(condition) || weakening.condition().startsWith(condition + ":"));
        if (some.isEmpty()) {
            throw new Usage("necessity: unknown condition \"" + condition + "\"; expected one of "
                    + all.map(Weakening::condition).mkString(", "));
        }
        return some;
    }

    /// @param file where its counterexample is, or empty
    private record Found(Reason reason, String file) {}

    private Found search(
            Rules base, Weakening weakening, SearchOptions options, Corpus corpus, Interruption interruption) {
        String name = weakening.rules().name();
        @Nullable Duration time = options.histories() == Long.MAX_VALUE ? options.limit() : null;
        long start = System.nanoTime();
        Progress progress = new Progress(screen, name, "violation", time, options.histories());
        SearchListener listener = new SearchListener() {
            @Override
            public void progress(SearchListener.Progress now) {
                progress.show(Duration.ofNanos(System.nanoTime() - start), now);
            }
        };
        Necessity necessity = new Necessity(base, weakening, options, listener);
        interruption.onInterrupt(necessity::interrupt);
        Reason reason = necessity.run();
        Finding finding = reason.finding();
        String file = "";
        if (finding != null) {
            Keeper keeper =
                    new Keeper(corpus, weakening.rules(), Vector.empty(), options.seed(), options::breaks, _ -> {});
            file = String.valueOf(keeper.finish(finding).file());
        }
        progress.say(String.format(
                Locale.ROOT,
                "%s: %s, %,d steps, %.1f s",
                name,
                finding == null ? "no violation" : finding.invariant(),
                reason.steps(),
                (System.nanoTime() - start) / 1e9));
        return new Found(reason, file);
    }

    private void print(NecessityText.Table table) {
        String text = common.json
                ? Json.print(NecessityJson.of(table)) + "\n"
                : markdown ? NecessityText.markdown(table) : NecessityText.print(table);
        screen.out().print(text);
        screen.out().flush();
    }
}
