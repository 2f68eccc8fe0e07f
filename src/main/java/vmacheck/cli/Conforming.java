package vmacheck.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vmacheck.check.SearchListener;
import vmacheck.counterexample.Corpus;
import vmacheck.live.Against;
import vmacheck.live.Conform;
import vmacheck.live.ConformListener;
import vmacheck.live.ConformOptions;
import vmacheck.live.ConformReport;
import vmacheck.live.Door;
import vmacheck.live.RecordingReader;
import vmacheck.live.RecordingWriter;
import vmacheck.report.ConformRun;
import vmacheck.rules.Rules;

/// One comparison of rules with a kernel: watched, saved, and reported.
final class Conforming {
    private final Screen screen;
    private final Corpus corpus;
    private final Rules rules;
    private final ConformOptions options;
    private final long start = System.nanoTime();

    Conforming(Screen screen, Corpus corpus, Rules rules, ConformOptions options) {
        this.screen = screen;
        this.corpus = corpus;
        this.rules = rules;
        this.options = options;
    }

    /// @param record keeps what the kernel shows, or null
    ConformRun run(Door door, @Nullable Path record, Interruption interruption) {
        String name = rules.name() + " and " + door.kernel().name();
        Progress progress = new Progress(screen, name, "difference", time(), histories());
        String origin = "seed " + options.seed() + ", Linux " + door.kernel().release();
        DifferenceKeeper keeper = new DifferenceKeeper(corpus, rules, origin, now -> show(progress, now));
        try (RecordingWriter recording =
                record == null ? null : new RecordingWriter(record, door.kernel(), options.aspects())) {
            Conform conform = new Conform(rules, door, options, keeper, recording);
            interruption.onInterrupt(conform::interrupt);
            progress.say(name + ": seed " + options.seed());
            ConformReport report = conform.run();
            if (recording != null) {
                recording.finish();
            }
            return finish(report, options.seed(), progress, keeper);
        }
    }

    ConformRun run(RecordingReader recording, Interruption interruption) {
        String name = rules.name() + " and " + recording.kernel().name();
        Progress progress = new Progress(screen, name, "difference", null, 0);
        String origin = "recording of Linux " + recording.kernel().release();
        DifferenceKeeper keeper = new DifferenceKeeper(corpus, rules, origin, now -> show(progress, now));
        Against against = new Against(rules, recording, options.aspects(), keeper);
        interruption.onInterrupt(against::interrupt);
        return finish(against.run(), null, progress, keeper);
    }

    private ConformRun finish(ConformReport report, @Nullable Long seed, Progress progress, DifferenceKeeper keeper) {
        progress.say(progress.summary(elapsed(), report.steps(), report.histories()));
        return new ConformRun(report, seed, elapsed(), report.findings().map(keeper::saved));
    }

    private void show(Progress progress, ConformListener.Progress now) {
        progress.show(
                elapsed(), new SearchListener.Progress(now.histories(), now.steps(), now.findings(), now.shrinking()));
    }

    private @Nullable Duration time() {
        return options.steps() == Long.MAX_VALUE ? options.limit() : null;
    }

    private long histories() {
        return options.steps() / options.length() + (options.steps() % options.length() == 0 ? 0 : 1);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
