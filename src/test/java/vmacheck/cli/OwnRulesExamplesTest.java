package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Violation;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// The files in `docs/own-rules.md` compile, and each breaks what stands below it with the history that does.
class OwnRulesExamplesTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)```java\\n(.*?public final class (\\w+).*?)```.*?```vma ([a-z-]+)\\n(.*?)```");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        Vector<MatchResult> found = Vector.ofAll(
                EXAMPLE.matcher(Files.readString(Path.of("docs/own-rules.md"))).results());
        assertThat(found).hasSize(3);
        return found.toJavaStream().map(example -> DynamicTest.dynamicTest(example.group(2), () -> run(example)));
    }

    private void run(MatchResult example) throws IOException {
        Path file = Files.writeString(folder.resolve(example.group(2) + ".java"), example.group(1));
        Rules rules = RulesFile.load(file);
        assertThat(rules.differences(RuleBook.newest())).hasSize(1);
        History history =
                HistoryParser.parse(example.group(2), example.group(4)).history();
        assertThat(violated(rules, history)).contains(example.group(3));
        assertThat(violated(RuleBook.newest(), history)).doesNotContain(example.group(3));
        assertThat(violated(rules, history.withCalls(history.calls().dropRight(1))))
                .doesNotContain(example.group(3));
    }

    private static Vector<String> violated(Rules rules, History history) {
        return Trial.of(rules)
                .run(history)
                .flatMap(verdict -> Vector.ofAll(verdict.violations()))
                .map(Violation::invariant);
    }
}
