package vmacheck.cli;

import io.vavr.collection.Vector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vmacheck.check.Finding;
import vmacheck.check.Search;
import vmacheck.check.SearchOptions;
import vmacheck.check.SearchReport;
import vmacheck.check.trial.Checker;
import vmacheck.counterexample.Corpus;
import vmacheck.invariant.Invariant;
import vmacheck.report.CheckRun;
import vmacheck.rules.Rules;

/// One search under one set of rules: watched, saved, and reported.
final class Searching {
    private final Screen screen;
    private final Corpus corpus;
    private final Rules rules;
    private final Vector<Invariant> own;
    private final SearchOptions options;
    private final long start = System.nanoTime();

    /// @param own invariants, besides the built-in ones
    Searching(Screen screen, Corpus corpus, Rules rules, Vector<Invariant> own, SearchOptions options) {
        this.screen = screen;
        this.corpus = corpus;
        this.rules = rules;
        this.own = own;
        this.options = options;
    }

    CheckRun run(Interruption interruption) {
        Progress progress = new Progress(screen, rules.name(), "violation", time(), options.histories());
        Keeper keeper =
                new Keeper(corpus, rules, own, options.seed(), options::breaks, now -> progress.show(elapsed(), now));
        Search search = new Search(Checker.of(rules, own), options, keeper);
        interruption.onInterrupt(search::interrupt);
        progress.say(rules.name() + ": seed " + options.seed());
        SearchReport report = search.run();
        CheckRun run = new CheckRun(
                rules.name(),
                options.seed(),
                elapsed(),
                report.steps(),
                report.histories(),
                report.findings().map(finding -> found(finding, keeper)),
                report.advice().map(finding -> found(finding, keeper)),
                report.counts(),
                report.coverage(),
                report.interrupted());
        progress.say(progress.summary(elapsed(), report.steps(), report.histories()));
        return run;
    }

    private CheckRun.Found found(Finding finding, Keeper keeper) {
        Keeper.Saved saved = keeper.finish(finding);
        return new CheckRun.Found(
                finding.violation().level(),
                finding.violation().message(),
                saved.counterexample(),
                saved.file() == null ? null : saved.file().toString(),
                finding.stage() == Finding.Stage.SIMPLEST);
    }

    private @Nullable Duration time() {
        return options.histories() == Long.MAX_VALUE ? options.limit() : null;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
