package vmacheck.invariant;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vmacheck.call.HistoryParser;
import vmacheck.call.Transcript;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.mutants.Mutants;

/// A page of the folder `invariants`, taken apart.
///
/// @param holds    examples in fences ```` ```vma holds RULES[, RULES] ````
/// @param breaks   examples in fences ```` ```vma breaks RULES [with DAMAGE] ````
/// @param together what the page says fails together with the invariant in the breaking example
record InvariantPage(String name, String text, Vector<Example> holds, Vector<Example> breaks, Vector<String> together) {
    static final Path FOLDER = Path.of("invariants");

    private static final Pattern FENCE =
            Pattern.compile("^```vma (holds|breaks) ([^\\n]*?)(?: with ([a-z-]+))?\\n(.*?)^```$", flags());
    private static final Pattern TOGETHER = Pattern.compile("^Fails together with ([^.]*)\\.$", flags());

    /// @param damage what is done to the machine after the last call, or empty
    record Example(Vector<String> rules, String damage, Transcript transcript) {}

    private static int flags() {
        return Pattern.MULTILINE | Pattern.DOTALL;
    }

    static InvariantPage read(String name) {
        String text;
        try {
            text = Files.readString(FOLDER.resolve(name + ".md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Vector<Example> holds = Vector.empty();
        Vector<Example> breaks = Vector.empty();
        Matcher fence = FENCE.matcher(text);
        while (fence.find()) {
            Example example = new Example(
                    Vector.of(fence.group(2).split(", ")),
                    fence.group(3) == null ? "" : fence.group(3),
                    HistoryParser.parse(name + ".md", fence.group(4)));
            holds = fence.group(1).equals("holds") ? holds.append(example) : holds;
            breaks = fence.group(1).equals("breaks") ? breaks.append(example) : breaks;
        }
        Matcher together = TOGETHER.matcher(text);
        return new InvariantPage(
                name,
                text,
                holds,
                breaks,
                together.find()
                        ? Vector.of(together.group(1).split(",\\s+")).map(other -> other.replace("`", ""))
                        : Vector.empty());
    }

    /// Any built-in rules, also those that are wrong on purpose.
    static Rules rules(String name) {
        return RuleBook.find(name)
                .orElse(Mutants.ALL.find(rules -> rules.name().equals(name)))
                .getOrElseThrow(() -> new AssertionError("a page names unknown rules \"" + name + "\""));
    }
}
