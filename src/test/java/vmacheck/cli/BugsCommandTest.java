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
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;

class BugsCommandTest {
    @TempDir
    private Path folder;

    private Cli hunt(String... more) {
        String[] args = {"bugs", "--seed", "1", "--out", folder.toString()};
        return Cli.run(io.vavr.collection.Vector.of(args)
                .appendAll(io.vavr.collection.Vector.of(more))
                .toJavaArray(String[]::new));
    }

    @Test
    @DisplayName("a bug is found, shrunk and saved; a missed merge is, too")
    void finds() {
        Cli cli = hunt("case3-offset", "madvise-split-never-remerged", "--json");
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        JsonNode bugs = JsonMapper.shared().readTree(cli.out()).get("bugs");
        assertThat(bugs.size()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            JsonNode json = bugs.get(i);
            Bug bug = Bugs.find(json.get("id").asString()).get();
            Counterexample saved = Corpus.load(Path.of(json.get("file").asString()));
            assertThat(json.get("found").asBoolean()).isTrue();
            assertThat(json.get("invariant").asString()).isEqualTo(bug.invariant());
            assertThat(json.get("calls").asInt()).isEqualTo(saved.history().size());
            assertThat(saved.history().size()).isLessThanOrEqualTo(bug.mostCalls());
            assertThat(saved.violates()).isEqualTo(bug.invariant());
            assertThat(saved.rules()).isEqualTo(bug.id());
            assertThat(saved.holds()).contains("linux-6.18");
            assertThat(json.get("seconds").asDouble()).isPositive();
        }
        Cli replay = Cli.run("replay", bugs.get(1).get("file").asString());
        assertThat(replay.status()).isEqualTo(Exit.VIOLATED);
        assertThat(replay.out()).contains("madvise-split-never-remerged violates no-missed-merge");
    }

    @Test
    @DisplayName("a table for people")
    void table() {
        Cli cli = hunt("case3-offset");
        assertThat(cli.out())
                .matches("(?s)bug +invariant +calls +seconds +file\ncase3-offset +merge-legal +2 +[0-9.]+  .*\\.vma\n"
                        + "\n1 of 1 found, seed 1\\.\n");
        assertThat(cli.err()).contains("case3-offset: seed 1");
    }

    @Test
    @DisplayName("what is not found in time is said, and makes the status 1")
    void misses() {
        Cli cli = hunt("case3-offset", "--for", "0s");
        assertThat(cli.out()).contains("not found").contains("0 of 1 found");
        assertThat(cli.status()).isEqualTo(Exit.VIOLATED);
    }

    @Test
    @DisplayName("an unknown bug is answered with the nearest one")
    void unknown() {
        Cli cli = hunt("case4-offset");
        assertThat(cli.status()).isEqualTo(Exit.USAGE);
        assertThat(cli.err()).startsWith("vmacheck: bugs: unknown bug \"case4-offset\" (did you mean case3-offset?)");
    }

    @Test
    @DisplayName("the documentation has a row for each bug")
    void documented() throws IOException {
        String page = Files.readString(Path.of("docs/bugs.md"));
        assertThat(page.lines().filter(line -> line.startsWith("| ")).skip(1)).hasSize(Bugs.ALL.size());
        Bugs.ALL.forEach(bug -> assertThat(page)
                .contains("| " + bug.id() + " | " + bug.commit() + " | "
                        + bug.fixed().name() + " | " + bug.invariant() + " | ")
                .contains(" of " + bug.mostCalls() + " | "));
    }
}
