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
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.report.Golden;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Weakening;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.matena.Matena;

class NecessityCommandTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("a condition that is needed comes with the shortest history that shows why, saved like any other")
    void needed() {
        Cli cli = necessity("linux-6.18", "same-flags:write", "1024");
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        Golden.verify("necessity.txt", cli.out().replace(folder.toString(), "FOLDER"));
        Counterexample saved = Corpus.load(new Corpus(folder).list().single());
        assertThat(saved.rules()).isEqualTo("linux-6.18-without-same-flags-write");
        assertThat(saved.holds()).contains("linux-6.18");
        Cli replay = Cli.run("replay", new Corpus(folder).list().single().toString());
        assertThat(replay.status()).isEqualTo(Exit.VIOLATED);
        assertThat(replay.out()).contains(saved.violates());
    }

    @Test
    @DisplayName("nothing found is not the same as never tried")
    void notSeen() {
        assertThat(necessity("linux-6.18", "compatible-anon-vma:faulted-neighbour", "300")
                        .out())
                .containsPattern("not seen +no violation in [0-9,]+ steps, in which it kept [0-9]+ neighbours apart");
        assertThat(necessity("linux-6.18", "same-policy", "100").out())
                .contains("not seen  it never kept anything apart in ");
        assertThat(new Corpus(folder).list()).isEmpty();
    }

    @Test
    @DisplayName("what a composed answer asks for is dropped piece by piece, and what rules do to pages, too")
    void partsOfAnAnswer() {
        assertThat(Weakening.of(Matena.MEANT_BOTH).map(Weakening::condition))
                .contains("moved-pgoff:parent", "moved-pgoff:parent-and-pages", "compatible-sides:children", "repoint")
                .doesNotHaveDuplicates();
        assertThat(Weakening.of(Linux.V6_18).map(Weakening::condition)).doesNotContain("repoint", "moved-pgoff:pages");
        assertThat(necessity("matena", "moved-pgoff:children-and-pages", "512").out())
                .contains("index-follows")
                .contains("P0: fork()");
        assertThat(necessity("matena", "moved-pgoff:pages", "200").out()).contains("not seen");
    }

    @Test
    @DisplayName("what the rules violate themselves is no reason for a condition")
    void ownFaults() {
        assertThat(necessity("linux-6.16", "same-name", "300").out()).contains("not seen");
    }

    @Test
    @DisplayName("as JSON and as a section of a document")
    void otherForms() {
        JsonNode json = JsonMapper.shared()
                .readTree(necessity("linux-6.18", "same-flags:write", "1024", "--json")
                        .out());
        JsonNode condition = json.get("conditions").get(0);
        assertThat(condition.get("condition").asString()).isEqualTo("same-flags:write");
        assertThat(condition.get("needed").asBoolean()).isTrue();
        assertThat(condition.get("calls").asInt())
                .isEqualTo((int) condition.get("history").asString().lines().count());
        assertThat(Path.of(condition.get("file").asString())).exists();
        assertThat(necessity("linux-6.18", "same-flags:write", "1024", "--markdown")
                        .out())
                .startsWith("## linux-6.18\n")
                .contains("\n| `same-flags:write` | ")
                .contains("\\|");
    }

    @Test
    @DisplayName("own rules can be asked too, and what is saved can be replayed")
    void ownRules() throws IOException {
        Path file = Files.writeString(folder.resolve("Mine.java"), """
            public class Mine {
                public static final vmacheck.rules.Rules RULES = vmacheck.rules.linux.Linux.V6_18.with(
                    vmacheck.rules.Decisions.SAME_FLAGS, new vmacheck.rules.Answer<>("all", "-",
                        (view, candidate, neighbour, previous) -> candidate.flags() == neighbour.flags()));
            }
            """);
        assertThat(necessity(file.toString(), "same-flags:exec", "1024").out()).contains("needed");
        Path saved = new Corpus(folder).list().single();
        Cli replay = Cli.run("replay", saved.toString());
        assertThat(replay.status()).isEqualTo(Exit.VIOLATED);
    }

    @Test
    @DisplayName("unknown conditions and forms that exclude each other are refused")
    void refuses() {
        Cli unknown = necessity("linux-6.18", "flags", "1");
        assertThat(unknown.status()).isEqualTo(Exit.USAGE);
        assertThat(unknown.err())
                .startsWith(
                        "vmacheck: necessity: unknown condition \"flags\"; expected one of not-special, same-flags, ")
                .containsOnlyOnce("\n");
        assertThat(necessity("linux-6.18", "same-file", "1", "--json", "--markdown")
                        .err())
                .isEqualTo("vmacheck: necessity: both --json and --markdown; expected one of them\n");
    }

    @Test
    @DisplayName("rules without a condition go by a name that other commands know")
    void names() {
        assertThat(RuleBook.find("matena-v1-without-compatible-sides")).isNotEmpty();
        assertThat(RuleBook.find("linux-6.18-without-nothing")).isEmpty();
        assertThat(Cli.run("rules", "linux-6.18-without-same-file").out())
                .startsWith("linux-6.18-without-same-file: linux-6.18 without same-file\n")
                .contains("\n* same-file: ")
                .containsOnlyOnce("\n* ");
    }

    private Cli necessity(String rules, String condition, String histories, String... more) {
        String[] args = {
            "necessity",
            "--rules",
            rules,
            "--condition",
            condition,
            "--histories",
            histories,
            "--seed",
            "1",
            "--out",
            folder.toString()
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Cli.run(all);
    }
}
