package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmacheck.call.Nearest;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.counterexample.CounterexampleText;
import vmacheck.report.CorpusText;
import vmacheck.report.CorpusText.Entry;
import vmacheck.report.Json;

/// `vmacheck counterexamples`.
@Command(name = "counterexamples", description = "Lists the saved counterexamples, or shows those of a name.")
final class CounterexamplesCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Rules, an invariant, or (the beginning of) a file's name, such as rmap-complete-1a2b.")
    private @Nullable String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where they are (default: ${DEFAULT-VALUE}).",
            defaultValue = "counterexamples")
    private Path folder = Corpus.DEFAULT_ROOT;

    CounterexamplesCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Vector<Entry> all = new Corpus(folder).list().map(file -> new Entry(file.toString(), Corpus.load(file)));
        Vector<Entry> chosen = name == null ? all : all.filter(entry -> isNamed(entry, name));
        if (name != null && chosen.isEmpty()) {
            throw unknown(all, name);
        }
        if (common.json) {
            screen.out().println(Json.print(CorpusText.json(chosen)));
        } else if (name == null) {
            screen.out().print(CorpusText.list(chosen));
        } else {
            screen.out()
                    .print(chosen.map(entry ->
                                    "# " + entry.file() + "\n" + CounterexampleText.print(entry.counterexample()))
                            .mkString("\n"));
        }
        return Exit.HELD;
    }

    private static boolean isNamed(Entry entry, String name) {
        Counterexample counterexample = entry.counterexample();
        return name.equals(counterexample.rules())
                || name.equals(counterexample.violates())
                || name.equals(entry.file())
                || baseName(entry).startsWith(name);
    }

    private static String baseName(Entry entry) {
        return String.valueOf(Path.of(entry.file()).getFileName());
    }

    private Usage unknown(Vector<Entry> all, String wanted) {
        if (all.isEmpty()) {
            return new Usage(folder + ": no counterexamples there; vmacheck check saves what it finds");
        }
        Vector<String> names = all.flatMap(entry -> Vector.of(
                        entry.counterexample().rules(), entry.counterexample().violates(), baseName(entry)))
                .filter(Objects::nonNull)
                .distinct();
        String hint = Nearest.to(wanted, names)
                .map(near -> " (did you mean " + near + "?)")
                .getOrElse("");
        return new Usage(folder + ": no counterexample \"" + wanted + "\"" + hint
                + "; expected a name from the list of vmacheck counterexamples");
    }
}
