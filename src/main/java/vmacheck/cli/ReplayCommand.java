package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Invariant;
import vmacheck.report.Drawing;
import vmacheck.report.Json;
import vmacheck.report.Replay;
import vmacheck.report.ReplayJson;
import vmacheck.report.ReplayText;
import vmacheck.report.ReplayText.Pictures;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// `vmacheck replay`.
@Command(
        name = "replay",
        description = {
            "Runs the history in each file and judges every step.",
            "With --live it runs on a real kernel too, and what that does is compared with the model call by call."
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  every history held under all rules it ran on",
            "  1  an invariant was violated: a counterexample that still violates what it says exits with 1;",
            "     or a result differs from the one in the file (those are checked under the rules that the",
            "     file names, or under any if it names none)",
            "     with --live: the kernel and the model differ, or the kernel's result from the one in the file",
            "  2  wrong usage, or a file that is no history",
            "  3  with --live: there is no kernel to ask, or no compiler for the program that asks it"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Counterexamples, or plain histories.")
    private final List<String> files = new ArrayList<>();

    @Option(
            names = "--rules",
            paramLabel = "R",
            description = {
                "Rules to replay under; can be given again. A name (see vmacheck rules) or the path of a Java file.",
                "Without it those that the file names, and for a file that names none the newest kernel."
            })
    private final List<String> rules = new ArrayList<>();

    @Option(
            names = "--invariant",
            paramLabel = "FILE",
            description =
                    "The path of a Java file with an invariant of your own, to judge by it too; can be given again.")
    private final List<String> invariants = new ArrayList<>();

    @Option(
            names = "--live",
            paramLabel = "KERNEL",
            description = {
                "Run the histories on this kernel: host, this Linux; uml, Debian's User Mode Linux; or the path of a"
                        + " User Mode Linux. The model has the rules of the kernel's own version if --rules names no"
                        + " others."
            })
    private @Nullable String live;

    @Option(
            names = "--levels",
            paramLabel = "LIST",
            description = "With --live, what to compare: as for conform (default: all that can be observed).")
    private @Nullable String levels;

    @Option(names = "--draw", description = "Draw the memory before and after the step that fails.")
    private boolean draw;

    @Option(names = "--step", description = "Draw the memory after every step.")
    private boolean step;

    ReplayCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        if (live != null && !invariants.isEmpty()) {
            throw new Usage("replay: --live with --invariant; expected one of them: a kernel is compared, not judged");
        }
        if (live == null && levels != null) {
            throw new Usage("replay: --levels without --live; expected both: only a kernel has levels");
        }
        return Patience.run(this::replay, null);
    }

    private int replay() {
        Vector<Rules> chosen = Vector.ofAll(rules).map(name -> RulesOption.find("--rules", name));
        Pictures pictures = step ? Pictures.ALL : draw ? Pictures.FAILURE : Pictures.NONE;
        if (live != null) {
            return new LiveReplaying(screen, Vector.ofAll(files), chosen, LevelsOption.parse("replay", levels))
                    .run(live, common.json, pictures);
        }
        Vector<Invariant> own = InvariantFile.loadAll(invariants);
        // All files are read before any is replayed: a bad one must not spoil half an answer.
        Vector<Replay> replays = Vector.ofAll(files)
                .map(file -> new Named(file, Corpus.load(Path.of(file))))
                .flatMap(named -> (chosen.isEmpty() ? Vector.of(named.rules()) : chosen)
                        .map(r -> Replay.run(named.file(), named.counterexample(), r, own)));
        if (common.json) {
            screen.out().println(Json.print(ReplayJson.of(replays)));
        } else {
            screen.out()
                    .print(replays.map(replay -> ReplayText.print(replay, pictures))
                            .mkString("\n"));
            if (pictures != Pictures.NONE) {
                screen.out().print("\n" + Drawing.LEGEND);
            }
        }
        Vector<String> failures = OwnFailure.ofReplays(replays);
        failures.forEach(failure -> Main.complain(screen, failure, Exit.USAGE));
        return failures.nonEmpty() ? Exit.USAGE : replays.forAll(Replay::holds) ? Exit.HELD : Exit.VIOLATED;
    }

    private record Named(String file, Counterexample counterexample) {
        Rules rules() {
            String name = counterexample.rules();
            return name == null ? RuleBook.newest() : RulesOption.find(file, name);
        }
    }
}
