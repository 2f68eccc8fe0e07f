package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
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
import vmacheck.counterexample.CounterexampleText;
import vmacheck.report.Golden;

class CompareCommandTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("shows rules side by side, and the shortest histories in which user space can tell them apart")
    void compares() {
        Cli cli = compare("linux-6.18", "never-merge", "--workers", "2");
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        Golden.verify("compare.txt", cli.out());
        assertThat(compare("linux-6.18", "never-merge", "--workers", "1").out())
                .as("on one thread")
                .isEqualTo(cli.out());
    }

    @Test
    @DisplayName("the same as JSON, where what was not found is there too")
    void json() {
        JsonNode json = JsonMapper.shared()
                .readTree(compare("linux-6.18", "never-merge", "--json").out());
        assertThat(json.get("histories").asInt()).isEqualTo(100);
        assertThat(json.get("rules").get(1).get("rules").asString()).isEqualTo("never-merge");
        assertThat(json.get("rules").get(1).get("merges").get("1").asInt()).isZero();
        assertThat(json.get("rules").get(1).get("refused").get("merging").asInt())
                .isPositive();
        assertThat(json.get("differences").size()).isEqualTo(6);
        JsonNode layout = json.get("differences").get(1);
        assertThat(layout.get("kind").asString()).isEqualTo("layout");
        assertThat(layout.get("calls").asInt()).isEqualTo(2);
        assertThat(layout.get("history").asString().lines()).hasSize(2);
        assertThat(layout.get("message").asString())
                .isEqualTo("P0 has [0,2) under linux-6.18, [0,1) [1,2) under never-merge");
        assertThat(json.get("differences").get(5).get("kind").asString()).isEqualTo("accounting");
        JsonNode none = JsonMapper.shared()
                .readTree(Cli.run(
                                "compare",
                                "--rules",
                                "linux-6.18",
                                "--rules",
                                "linux-6.16",
                                "--histories",
                                "1",
                                "--length",
                                "1",
                                "--seed",
                                "1",
                                "--json")
                        .out());
        assertThat(none.get("differences").get(0).get("histories").asInt()).isZero();
        assertThat(none.get("differences").get(0).get("history").isNull()).isTrue();
    }

    @Test
    @DisplayName("the shortest histories are saved with the results of the first rules, which replay checks")
    void saves() {
        Cli cli = compare("linux-5.17", "matena", "--out", folder.toString());
        assertThat(cli.err()).contains("saved " + folder.resolve("linux-5.17").resolve("layout-unlike-matena-"));
        Vector<Path> files = new Corpus(folder).list();
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Counterexample saved = Corpus.load(file);
            assertThat(saved.rules()).isEqualTo("linux-5.17");
            assertThat(saved.violates()).isNull();
            assertThat(saved.found()).isEqualTo("compare with matena, seed 1");
            assertThat(saved.results()).allMatch(Option::isDefined);
            assertThat(Cli.run("replay", file.toString()).status()).isEqualTo(Exit.HELD);
        }
        Path any = files.head();
        String wrong = CounterexampleText.print(Corpus.load(any)).replaceAll("= [A-Z0-9]+\n$", "= ENOMEM\n");
        Path altered = folder.resolve("altered.vma");
        assertThatCode(() -> Files.writeString(altered, wrong)).doesNotThrowAnyException();
        assertThat(Cli.run("replay", altered.toString()).status()).isEqualTo(Exit.VIOLATED);
    }

    @Test
    @DisplayName("a folder that cannot be written is found before anything runs")
    void refusesFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Cli cli = compare("linux-5.17", "matena", "--out", file.toString());
        assertThat(cli.status()).isEqualTo(Exit.USAGE);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    @DisplayName("fewer than two rules, or the same ones twice, are no comparison")
    void refuses() {
        assertThat(Cli.run("compare").err()).isEqualTo("vmacheck: compare: no --rules; expected two or more\n");
        assertThat(Cli.run("compare", "--rules", "linux-6.18").err())
                .isEqualTo("vmacheck: compare: one --rules; expected two or more\n");
        Cli twice = compare("linux-6.18", "linux-6.18");
        assertThat(twice.err()).isEqualTo("vmacheck: compare: --rules linux-6.18 twice; expected rules that differ\n");
        assertThat(twice.status()).isEqualTo(Exit.USAGE);
        assertThat(compare("linux-6.18", "linux-6.16", "--for", "1s").err())
                .isEqualTo("vmacheck: compare: both --for and --histories; expected one of them\n");
        assertThat(compare("linux-6.18", "linux-6.16", "--length", "0").err())
                .isEqualTo("vmacheck: compare: --length 0; expected 1 or more\n");
    }

    @Test
    @DisplayName("own rules that throw are named with their line, and the others are compared all the same")
    void ownRules() throws IOException {
        Path file = Files.writeString(folder.resolve("Throws.java"), """
            import vmacheck.rules.*;
            import vmacheck.rules.linux.Linux;

            public class Throws {
                public static final Rules RULES = Linux.V6_18.with(
                    Decisions.SAME_FILE, new Answer<>("odd", "-", (view, candidate, neighbour, previous) ->
                        1 / (neighbour.pages() - 2) == 0));
            }
            """);
        Cli cli = compare("linux-6.18", file.toString());
        assertThat(cli.status()).isEqualTo(Exit.USAGE);
        assertThat(cli.err()).contains("Throws.java:7: java.lang.ArithmeticException: / by zero");
        assertThat(cli.out()).contains("own-code-fails").contains("How user space can tell linux-6.18 from ");
    }

    private static Cli compare(String one, String other, String... more) {
        String[] args = {"compare", "--rules", one, "--rules", other, "--histories", "100", "--seed", "1"};
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Cli.run(all);
    }
}
