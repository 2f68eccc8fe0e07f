package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.live.Aspect;
import vmacheck.live.Door;
import vmacheck.live.LiveReplay;
import vmacheck.live.LiveReplayer;
import vmacheck.report.Json;
import vmacheck.report.LiveRun;
import vmacheck.report.LiveRun.Played;
import vmacheck.report.LiveRunJson;
import vmacheck.report.LiveRunText;
import vmacheck.report.ReplayText.Pictures;
import vmacheck.rules.Rules;

/// `vmacheck replay --live`: the histories of files on a kernel, beside the model.
final class LiveReplaying {
    private final Screen screen;
    private final Vector<String> files;
    private final Vector<Counterexample> counterexamples;
    private final Vector<Rules> rules;
    private final @Nullable Set<Aspect> levels;

    /// Reads all files: a bad one must not cost a boot.
    ///
    /// @param rules  of the model; if there are none, those of the kernel's own version
    /// @param levels what to compare, or null for all that can be observed
    LiveReplaying(Screen screen, Vector<String> files, Vector<Rules> rules, @Nullable Set<Aspect> levels) {
        this.levels = levels;
        this.screen = screen;
        this.files = files;
        this.rules = rules;
        counterexamples = files.map(LiveReplaying::load);
    }

    private static Counterexample load(String file) {
        Counterexample counterexample = Corpus.load(Path.of(file));
        int pages = counterexample.history().setup().pages();
        if (pages > LiveReplay.MOST_PAGES) {
            throw new Usage(
                    file + ": pages: " + pages + "; on a live kernel expected no more than " + LiveReplay.MOST_PAGES);
        }
        return counterexample;
    }

    /// @return the exit status
    int run(String live, boolean json, Pictures pictures) {
        try (Interruption interruption = Interruption.watch();
                Door door = LiveOption.open(live)) {
            interruption.onInterrupt(door::interrupt);
            LiveRun run = run(door);
            if (interruption.happened()) {
                throw new Missing("replay: interrupted before the kernel was done");
            }
            screen.out().print(json ? Json.print(LiveRunJson.of(run)) + "\n" : LiveRunText.print(run, pictures));
            screen.out().flush();
            return run.agrees() ? Exit.HELD : Exit.VIOLATED;
        }
    }

    LiveRun run(Door door) {
        Set<Aspect> aspects = LevelsOption.observable(levels, door.kernel());
        Vector<Rules> chosen = rules.isEmpty()
                ? Vector.of(LiveOption.rulesOf(door.kernel(), null))
                : rules.map(r -> LiveOption.rulesOf(door.kernel(), r));
        LiveReplayer replayer = new LiveReplayer(door, aspects);
        Vector<LiveReplay> replays = replayer.run(counterexamples.map(Counterexample::history), chosen);
        return new LiveRun(
                door.kernel().name(),
                Vector.ofAll(aspects),
                replayer.notes(),
                Vector.range(0, replays.size()).map(i -> played(i / chosen.size(), replays.get(i))));
    }

    private Played played(int file, LiveReplay replay) {
        return new Played(files.get(file), counterexamples.get(file), replay);
    }
}
