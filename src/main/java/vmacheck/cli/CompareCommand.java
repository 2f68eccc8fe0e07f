package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vmacheck.check.SearchListener;
import vmacheck.check.SearchOptions;
import vmacheck.check.compare.Compare;
import vmacheck.check.compare.CompareReport;
import vmacheck.check.compare.Difference;
import vmacheck.check.compare.Tally;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.report.CompareJson;
import vmacheck.report.CompareText;
import vmacheck.report.Json;
import vmacheck.rules.Rules;

/// `vmacheck compare`.
@Command(
        name = "compare",
        description = {
            "Runs the same random histories under two or more rules, and shows them side by side.",
            "What they merge, what that saves and costs, and what they violate. For each kind of thing in which user",
            "space can tell them apart it then looks for the shortest history that shows it. By default it runs",
            "histories for 20s."
        },
        footerHeading = "%nExit status:%n",
        footer = {"  0  compared, whatever came out", "  2  wrong usage or bad input"})
final class CompareCommand implements Callable<Integer> {
    private static final Duration DEFAULT_TIME = Duration.ofSeconds(20);

    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Mixin
    private final Extent extent = new Extent();

    @Option(
            names = "--rules",
            paramLabel = "R",
            description = {
                "Rules to compare, given twice or more: a name (see vmacheck rules) or the path of a Java file.",
                "The first rules are compared with each of the others, and histories are made for their machine."
            })
    private final List<String> rules = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = {
                "Save the shortest histories there, as R/KIND-unlike-S-HASH.vma, with",
                "the results that they have under the first rules. vmacheck replay",
                "checks those, and with --step shows the rest."
            })
    private @Nullable Path out;

    CompareCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        return Patience.run(this::compare, null);
    }

    private int compare() {
        Vector<Rules> chosen = Vector.ofAll(rules).map(name -> RulesOption.find("--rules", name));
        if (chosen.size() < 2) {
            throw new Usage("compare: " + (chosen.isEmpty() ? "no" : "one") + " --rules; expected two or more");
        }
        Vector<String> names = chosen.map(Rules::name);
        names.find(name -> names.count(name::equals) > 1).peek(name -> {
            throw new Usage("compare: --rules " + name + " twice; expected rules that differ");
        });
        SearchOptions options = extent.options("compare", DEFAULT_TIME);
        if (out != null) {
            new Corpus(out).requireWritable();
        }
        try (Interruption interruption = Interruption.watch()) {
            CompareReport report = run(chosen, options, interruption);
            if (out != null) {
                save(report, chosen.head(), new Corpus(out));
            }
            screen.out().print(common.json ? Json.print(CompareJson.of(report)) + "\n" : CompareText.print(report));
            screen.out().flush();
            Vector<String> failures = report.tallies().map(Tally::ownFailure).filter(Objects::nonNull);
            failures.forEach(failure ->
                    Main.complain(screen, failure + "; ./vmacheck check with these rules shows when", Exit.USAGE));
            return failures.isEmpty() ? Exit.HELD : Exit.USAGE;
        }
    }

    private void save(CompareReport report, Rules first, Corpus corpus) {
        for (Difference difference : report.differences()) {
            String label = difference.aspect().key() + "-unlike-" + difference.other();
            String found = "compare with " + difference.other() + ", seed " + report.seed();
            Path file = corpus.save(
                    new Counterexample(
                            first.name(),
                            null,
                            found,
                            Vector.empty(),
                            Trial.of(first, Vector.empty()).transcript(difference.history())),
                    label);
            screen.err().println("saved " + file);
        }
    }

    private CompareReport run(Vector<Rules> chosen, SearchOptions options, Interruption interruption) {
        String name = chosen.map(Rules::name).mkString(" and ");
        @Nullable Duration time = options.histories() == Long.MAX_VALUE ? options.limit() : null;
        long start = System.nanoTime();
        Progress progress = new Progress(screen, name, "difference", time, options.histories());
        SearchListener listener = new SearchListener() {
            @Override
            public void progress(SearchListener.Progress now) {
                progress.show(Duration.ofNanos(System.nanoTime() - start), now);
            }
        };
        Compare compare = new Compare(chosen, options, listener);
        interruption.onInterrupt(compare::interrupt);
        progress.say(name + ": seed " + options.seed());
        CompareReport report = compare.run();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        progress.say(progress.summary(elapsed, report.steps(), report.histories()));
        return report;
    }
}
