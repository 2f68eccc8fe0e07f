package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.report.Golden;

class CheckCommandTest {
    @TempDir
    private Path folder;

    private Cli check(String... arguments) {
        return Cli.run(
                Stream.concat(Stream.of("check", "--out", folder.toString(), "--seed", "1"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private List<Path> saved() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    @DisplayName("what holds exits with 0 and saves nothing")
    void holds() throws IOException {
        Cli cli = check("--histories", "500");
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        assertThat(cli.out()).startsWith("linux-6.18 holds.\n  seed 1, 500 histories, 20,000 steps\n");
        assertThat(cli.err()).contains("linux-6.18: seed 1\n").contains("500 histories");
        assertThat(saved()).isEmpty();
    }

    @Test
    @DisplayName("what fails exits with 1, and each finding is saved as a file that replays")
    void violates() throws IOException {
        Cli cli = check("--rules", "matena-v1", "--histories", "300");
        assertThat(cli.status()).isEqualTo(Exit.VIOLATED);
        Golden.verify("check-matena.txt", cli.out().replace(folder.toString(), "FOLDER"));
        assertThat(saved()).isNotEmpty();
        for (Path file : saved()) {
            assertThat(cli.out()).contains(file.toString());
            assertThat(Cli.run("replay", file.toString()).status()).isEqualTo(Exit.VIOLATED);
            Counterexample counterexample = Corpus.load(file);
            assertThat(counterexample.found()).startsWith("seed 1, history ");
            assertThat(counterexample.holds()).contains("linux-6.18");
        }
    }

    @Test
    @DisplayName("the same seed prints and saves the same, whatever the number of workers")
    void repeats() throws IOException {
        Cli first = check("--rules", "matena-v1", "--histories", "300", "--workers", "1");
        List<String> files = texts();
        Cli second = check("--rules", "matena-v1", "--histories", "300", "--workers", "3");
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(texts()).isEqualTo(files).isNotEmpty();
    }

    private List<String> texts() throws IOException {
        List<String> texts = new java.util.ArrayList<>();
        for (Path file : saved()) {
            texts.add(file.getFileName() + "\n" + Files.readString(file));
        }
        return texts;
    }

    @Test
    @DisplayName("--json prints one document with a run for each of the rules")
    void json() {
        Cli cli = check("--rules", "matena-v1", "--rules", "linux-6.18", "--histories", "300", "--json");
        assertThat(cli.status()).isEqualTo(Exit.VIOLATED);
        JsonNode runs = JsonMapper.shared().readTree(cli.out()).get("runs");
        assertThat(runs.size()).isEqualTo(2);
        JsonNode broken = runs.get(0);
        assertThat(broken.get("rules").asString()).isEqualTo("matena-v1");
        assertThat(broken.get("seed").asLong()).isEqualTo(1);
        assertThat(broken.get("histories").asLong()).isEqualTo(300);
        JsonNode violation = broken.get("violations").get(0);
        assertThat(violation.get("level").asString()).isEqualTo("safety");
        assertThat(violation.get("calls").asInt()).isLessThanOrEqualTo(3);
        assertThat(Path.of(violation.get("file").asString())).isRegularFile();
        assertThat(runs.get(1).get("violations"))
                .noneMatch(node -> node.get("level").asString().equals("safety"));
    }

    @Test
    @DisplayName("--coverage prints what came up and what did not")
    void coverage() {
        Cli cli = check("--histories", "200", "--coverage");
        assertThat(cli.out())
                .contains("  write = success\n")
                .contains("merge 1")
                .contains("  counters are 0\n");
    }

    @Test
    @DisplayName("--strict makes advice a failure")
    void strict() {
        assertThat(check("--rules", "linux-5.17", "--histories", "100").status())
                .isEqualTo(Exit.HELD);
        assertThat(check("--rules", "linux-5.17", "--histories", "100", "--strict")
                        .status())
                .isEqualTo(Exit.VIOLATED);
    }

    @Test
    @DisplayName("wrong options are named with what would be right, and nothing runs")
    void refuses() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        StringBuilder sessions = new StringBuilder();
        for (String line : List.of(
                "--rules linux-6.81",
                "--rules Missing.java",
                "--for 60x",
                "--for 5s --histories 3",
                "--histories -1",
                "--length 0",
                "--workers 0",
                "--seed x",
                "--sead 1",
                "--out " + file)) {
            Cli cli = Cli.run(("check " + line).split(" "));
            assertThat(cli.status()).as(line).isEqualTo(Exit.USAGE);
            assertThat(cli.out()).as(line).isEmpty();
            assertThat(cli.err()).as(line).containsOnlyOnce("\n");
            sessions.append(cli.err().replace(folder.toString(), "FOLDER"));
        }
        Golden.verify("check-refused.txt", sessions.toString());
    }
}
