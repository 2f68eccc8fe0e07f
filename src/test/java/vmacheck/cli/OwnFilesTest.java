package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.report.Golden;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// Rules and invariants of a user: what works, and what is said about each way in which they can be wrong.
@Timeout(120)
class OwnFilesTest {
    private static final String HEAD = """
        import vmacheck.model.Vma;
        import vmacheck.rules.*;
        import vmacheck.rules.linux.Linux;

        public class NAME {
            public static final Rules RULES = Linux.V6_18.with(Decisions.SAME_FILE, new Answer<>("odd", "-", NAME::odd));

            static boolean odd(View view, Candidate candidate, Vma neighbour, boolean previous) {
        """;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a file that does not compile or has no rules is answered with the place and what would be right")
    void refusesFiles() throws IOException {
        StringBuilder sessions = new StringBuilder();
        sessions.append(rules("Broken", "public class Broken { int x = ; }"));
        sessions.append(rules("Many", "public class Many {\n    int x = \"\";\n    Bar y;\n}\n"));
        sessions.append(rules("Misnamed", "public class Other {}"));
        sessions.append(rules("Empty", ""));
        sessions.append(rules("None", "public class None {}"));
        String two = "public class Two { public static final vmacheck.rules.Rules A = null, B = null; }";
        sessions.append(rules("Two", two));
        sessions.append(rules("Null", "public class Null { public static final vmacheck.rules.Rules R = null; }"));
        String from = "public class NAME { public static final vmacheck.rules.Rules R = vmacheck.rules.";
        sessions.append(rules("Blank", from + "Rules.blank(); }"));
        String same = "linux.Linux.V6_18.with(vmacheck.rules.Decisions.SAME_FILE, ";
        sessions.append(rules("NoAnswer", from + same + "null); }"));
        sessions.append(rules("NoValue", from + same + "new vmacheck.rules.Answer<>(\"\", \"\", null)); }"));
        sessions.append(rules("Hidden", from.replace("public static final", "static final") + "Rules.blank(); }"));
        sessions.append(rules(
                "Fails", HEAD.replace("Linux.V6_18", "Linux.V6_18.named(\"\" + 1 / 0, \"\")") + "return true;}}"));
        sessions.append(rules("Throws", initialised("if (i++ == 0) throw new IllegalStateException(\"no\");")));
        sessions.append(rules("Spins", initialised("while (i == 0) { }")));
        sessions.append(Cli.session("rules", path("Missing")));
        Golden.verify("own-rules-refused.txt", masked(sessions.toString()));
    }

    @Test
    @DisplayName("a file that is no text is refused")
    void refusesBinaries() throws IOException {
        Path file = Files.write(folder.resolve("Binary.java"), new byte[] {0, -1, -2, 1});
        assertThat(Cli.run("check", "--rules", file.toString()).err())
                .startsWith("vmacheck: " + file + ": cannot be read as text")
                .containsOnlyOnce("\n");
    }

    @Test
    @DisplayName("what rules throw in a step is a finding with its place in the file, and exit status 2")
    void throwing() throws IOException {
        Golden.verify("own-rules-throw.txt", check("Throws", "return 1 / (neighbour.pages() - 2) > 0;"));
    }

    @Test
    @DisplayName("a loop without end is one too, however it is written")
    void looping() throws IOException {
        String loop = check("Loops", "int i = 0;\nwhile (neighbour.pages() == 2) { i++; }\nreturn i == 0;");
        Golden.verify("own-rules-loop.txt", loop);
        assertThat(check("Recurses", "return odd(view, candidate, neighbour, !previous);"))
                .contains("Recurses.java:10: java.lang.StackOverflowError");
        String caught = "while (true) { try { while (true) { } } catch (Exception e) { } }";
        assertThat(check("Catches", caught)).contains("Catches.java:10: loops: more than");
        String stream = "return java.util.stream.IntStream.iterate(0, i -> i).allMatch(i -> i == 0);";
        assertThat(check("Streams", stream)).contains("Streams.java:10: loops: more than");
    }

    @Test
    @DisplayName("rules with a memory of their own are told that they must not have one")
    void remembering() throws IOException {
        assertThat(check("Remembers", "return Memory.next++ % 64 != 63; } static class Memory { static int next;"))
                .contains("must decide by their arguments alone")
                .doesNotContain("--- exit status 0");
    }

    @Test
    @DisplayName("a step that waits for ever ends the command, and its history is saved")
    void waiting() throws IOException {
        Rules rules = RulesFile.load(file("Waits", own("Waits", """
            try {
                new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException e) {
            }
            return true;
            """)));
        History history = HistoryParser.parse("test", """
            P0: mmap(0, 1, rw, private|anonymous|fixed)
            P0: mmap(1, 1, rw, private|anonymous|fixed)
            P0: fork()
            """).history();
        Corpus corpus = new Corpus(folder.resolve("found"));
        assertThatThrownBy(
                        () -> Patience.run(() -> Trial.of(rules).run(history).size(), corpus, Duration.ofMillis(300)))
                .isInstanceOf(Usage.class)
                .hasMessageStartingWith(path("Waits") + ":11: does not come back for 0.3 s, in call 2, P0: mmap(1, 1, ")
                .hasMessageContaining(" of " + corpus.root());
        Counterexample saved = Corpus.load(corpus.list().head());
        assertThat(saved.rules()).isEqualTo(rules.name());
        assertThat(saved.history().calls()).isEqualTo(history.calls().take(2));
    }

    @Test
    @DisplayName("a start is written, never over a file, and can be used as it is")
    void starts() throws IOException {
        String file = path("sub/MyRules");
        assertThat(Cli.run("rules", "--new", file).status()).isEqualTo(Exit.HELD);
        assertThat(Cli.run("rules", file).out())
                .contains("\n* compatible-anon-vma")
                .containsOnlyOnce("\n* ");
        assertThat(Cli.run("check", "--rules", file, "--histories", "300", "--seed", "1", "--out", path("out"))
                        .out())
                .contains("\n  merge-legal: ");
        String before = Files.readString(Path.of(file));
        assertThat(masked(Cli.session("rules", "--new", file)
                        + Cli.session("invariants", "--new", file)
                        + Cli.session("rules", "--new", path("1st"))
                        + Cli.session("rules", "--new", "My.txt")
                        + Cli.session("rules", "linux-6.18", "--new", path("Other"))))
                .isEqualTo("""
                    $ vmacheck rules --new FOLDER/sub/MyRules.java
                    --- standard error
                    vmacheck: FOLDER/sub/MyRules.java: is there already; expected a new file
                    --- exit status 2
                    $ vmacheck invariants --new FOLDER/sub/MyRules.java
                    --- standard error
                    vmacheck: FOLDER/sub/MyRules.java: is there already; expected a new file
                    --- exit status 2
                    $ vmacheck rules --new FOLDER/1st.java
                    --- standard error
                    vmacheck: --new FOLDER/1st.java: expected a path such as My.java, with the name of a Java class before ".java"
                    --- exit status 2
                    $ vmacheck rules --new My.txt
                    --- standard error
                    vmacheck: --new My.txt: expected a path such as My.java, with the name of a Java class before ".java"
                    --- exit status 2
                    $ vmacheck rules linux-6.18 --new FOLDER/Other.java
                    --- standard error
                    vmacheck: rules: both linux-6.18 and --new; expected one of them
                    --- exit status 2
                    """);
        assertThat(Path.of(file)).hasContent(before);
    }

    @Test
    @DisplayName("an own invariant judges beside the built-in ones, in check and in replay")
    void ownInvariants() throws IOException {
        String start = path("NoHoles");
        assertThat(Cli.run("invariants", "--new", start).status()).isEqualTo(Exit.HELD);
        String history = Files.writeString(folder.resolve("a.vma"), "P0: mmap(3, 2, rw, private|anonymous|fixed)\n")
                .toString();
        assertThat(Cli.run("replay", history, "--invariant", start).status()).isEqualTo(Exit.HELD);
        String strict = Files.readString(Path.of(start))
                .replace("vma.isFaulted() && !vma.isPrivate()", "vma.pages() > 1")
                .replace("NoHoles", "OnePage")
                .replace("no-holes", "one-page");
        Path file = file("OnePage", strict);
        Cli replay = Cli.run("replay", history, "--invariant", file.toString());
        assertThat(replay.status()).isEqualTo(Exit.VIOLATED);
        assertThat(replay.out()).contains("one-page");
        Cli check = Cli.run(
                "check", "--invariant", file.toString(), "--histories", "50", "--seed", "1", "--out", path("out"));
        assertThat(check.status()).isEqualTo(Exit.VIOLATED);
        assertThat(check.out()).contains("one-page-");
    }

    @Test
    @DisplayName("an invariant without a good name, or that is none, is refused")
    void refusesInvariants() throws IOException {
        StringBuilder sessions = new StringBuilder();
        sessions.append(invariant("Unnamed", "\"Not Good\"", "null"));
        sessions.append(invariant("Taken", "\"map-count\"", "null"));
        sessions.append(invariant("Null", "null", "null"));
        sessions.append(invariant("Throwing", "String.valueOf(1 / 0)", "null"));
        sessions.append(invariant("Fails", "\"fails\"", "\"\".charAt(1) > 0 ? null : null"));
        sessions.append(masked(Cli.session(
                "check", "--invariant", file("None", "public class None {}").toString())));
        sessions.append(Cli.session("check", "--invariant", "map-count"));
        Golden.verify("own-invariants-refused.txt", sessions.toString());
    }

    @Test
    @DisplayName("rules go by the path of their file, however it is spelt, and so do their counterexamples")
    void names() {
        assertThat(OwnFile.nameOf(Path.of("./mine/../mine/My.java"))).isEqualTo("mine/My.java");
        assertThat(OwnFile.nameOf(Path.of("mine/My.java").toAbsolutePath())).isEqualTo("mine/My.java");
        assertThat(OwnFile.nameOf(Path.of("/nowhere/My.java"))).isEqualTo("/nowhere/My.java");
        Vector<String> names = Vector.of("a/b.java", "a_b.java", "a/b_c.java", "a_b/c.java", "a,b".replace(',', ' '))
                .append("/" + "long/".repeat(99) + "My.java");
        Vector<String> folders = names.map(name -> new Corpus(Path.of("c"))
                .pathOf(new Counterexample(
                        name,
                        "x",
                        null,
                        Vector.empty(),
                        new vmacheck.call.Transcript(
                                new History(vmacheck.model.Setup.DEFAULT, Vector.of(new Call.Fork(0))),
                                Vector.of(io.vavr.control.Option.none()))))
                .getParent()
                .getFileName()
                .toString());
        assertThat(folders).doesNotHaveDuplicates().allMatch(name -> name.length() < 120);
        assertThat(folders.head()).isEqualTo("a_b.java");
        assertThat(RuleBook.ALL).allMatch(rules -> rules.name().matches("[a-z0-9.-]+"));
    }

    private String rules(String name, String text) throws IOException {
        file(name, text);
        return Cli.session("rules", path(name));
    }

    private String check(String name, String body) throws IOException {
        file(name, own(name, body));
        String out = path("out-" + name);
        return masked(Cli.session("check", "--rules", path(name), "--histories", "200", "--seed", "1", "--out", out))
                .replaceAll("(?m)^.* steps/s, .*\n", "");
    }

    private String invariant(String name, String given, String result) throws IOException {
        Path file = file(name, """
            import vmacheck.invariant.*;
            public class NAME implements Invariant {
                public String name() { return GIVEN; }
                public Violation judge(Observation observation) { return RESULT; }
            }
            """.replace("NAME", name).replace("GIVEN", given).replace("RESULT", result));
        String history =
                Files.writeString(folder.resolve("a.vma"), "P0: fork()\n").toString();
        return masked(Cli.session("replay", history, "--invariant", file.toString()));
    }

    private static String own(String name, String body) {
        return HEAD.replace("NAME", name) + "\n" + body + "\n}\n}\n";
    }

    private static String initialised(String statement) {
        return HEAD + "return true; } static { int i = 0; " + statement + " } }";
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(Path.of(path(name)), text.replace("NAME", name));
    }

    private String path(String name) {
        return folder.resolve(name.startsWith("out") ? name : name + ".java").toString();
    }

    private String masked(String text) {
        return text.replace(folder.toString(), "FOLDER")
                .replace(folder.toString().replace('/', '_').substring(1), "FOLDER");
    }
}
