package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.report.Golden;
import vmacheck.rules.Decisions;
import vmacheck.rules.RuleBook;

class RulesCommandTest {
    private static final String OWN_RULES = """
        import static vmacheck.rules.Decisions.GROWTH_MERGES_NEXT;

        import vmacheck.rules.Answer;
        import vmacheck.rules.Rules;
        import vmacheck.rules.linux.Linux;

        public class Mine {
            public static final Rules RULES = Linux.V6_18
                    .with(GROWTH_MERGES_NEXT, new Answer<>("no", "an experiment", Nested.ANSWER))
                    .named("mine", "growing in place leaves the next VMA alone");

            static class Nested {
                static final boolean ANSWER = false;
            }
        }
        """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("lists all rules")
    void lists() {
        Golden.verify("rules.txt", Cli.session("rules"));
    }

    @Test
    @DisplayName("shows all decisions, and where they differ from the newest kernel")
    void showsDecisions() {
        Golden.verify("rules-linux-6.16.txt", Cli.session("rules", "linux-6.16"));
    }

    @Test
    @DisplayName("a proposal has a verdict, and the page says where")
    void proposals() throws IOException {
        assertThat(Cli.run("rules", "matena").out())
                .contains("\ndocs/proposals.md says whether it is safe")
                .contains("Where it differs from linux-5.17 stands a *.");
        assertThat(Cli.run("rules", "linux-5.17").out()).doesNotContain("proposals.md");
        String verdicts = Files.readString(Path.of("docs/proposals.md"));
        assertThat(RuleBook.PROPOSALS).allSatisfy(rules -> assertThat(verdicts).contains("`" + rules.name() + "`"));
    }

    @Test
    @DisplayName("the same as JSON")
    void json() {
        JsonNode list = JsonMapper.shared().readTree(Cli.run("rules", "--json").out());
        assertThat(list.get("rules").size()).isEqualTo(RuleBook.ALL.size());
        JsonNode page = JsonMapper.shared()
                .readTree(Cli.run("rules", "linux-6.16", "--json").out());
        assertThat(page.get("name").asString()).isEqualTo("linux-6.16");
        assertThat(page.get("decisions").size()).isEqualTo(Decisions.ALL.size());
        assertThat(page.get("decisions").get(0).get("question").asString()).isEqualTo("Is anything merged at all?");
    }

    @Test
    @DisplayName("a misspelt name is answered with the nearest one")
    void suggests() {
        Golden.verify("rules-unknown.txt", Cli.session("rules", "linux-6.81") + Cli.session("rules", "windows"));
    }

    @Test
    @DisplayName("rules can be one Java file, whose path is their name")
    void compilesFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("Mine.java"), OWN_RULES);
        Cli cli = Cli.run("rules", file.toString());
        assertThat(cli.err()).isEmpty();
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        assertThat(cli.out())
                .startsWith(file + ": growing in place leaves the next VMA alone\n")
                .contains(
                        "* growth-merges-next: Does mremap growth in place join the next VMA?\n    no  (an experiment;")
                .containsOnlyOnce("\n* ");
    }
}
