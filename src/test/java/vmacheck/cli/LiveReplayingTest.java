package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vavr.collection.Vector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.call.Call;
import vmacheck.live.Ability;
import vmacheck.live.Doable;
import vmacheck.live.Door;
import vmacheck.live.ModelDoor;
import vmacheck.report.Golden;
import vmacheck.report.Json;
import vmacheck.report.LiveRun;
import vmacheck.report.LiveRunJson;
import vmacheck.report.LiveRunText;
import vmacheck.report.ReplayText.Pictures;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Replaying on a kernel that is a model, but for the last test.
class LiveReplayingTest {
    private static final String MERGES = """
        vmacheck: 1
        rules: linux-6.18
        max-map-count: 20

        P0: mmap(0, 1, rw, private|anonymous|fixed|populate) = 0
        P0: mmap(1, 1, rw, private|anonymous|fixed) = 1
        P0: fork() = P1
        P1: write(0) = 0
        P0: mmap(8, 2, r, private|fixed, F0, 2) = 8
        P0: read(8) = F0[2]
        env: reclaim(P0, 0)
        """;

    private static final String BUG = """
        P0: mmap(0, 2, rw, private|anonymous|fixed) = 0
        P0: munmap(1, 1) = EINVAL
        P0: read(1)
        """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName("each call stands with what the kernel did, and below it what the model has otherwise")
    void shows() throws IOException {
        LiveRun differs = run(door(_ -> false), Linux.NEVER_MERGE, MERGES);
        assertThat(differs.agrees()).isFalse();
        Golden.verify("replay-live-differs.txt", text(differs, Pictures.FAILURE));
        Golden.verify(
                "replay-live.json", Json.print(LiveRunJson.of(differs)).replace(folder.toString(), "FOLDER") + "\n");
        LiveRun agrees = run(door(_ -> false), Linux.V6_18, MERGES, BUG);
        assertThat(agrees.files().map(LiveRun.Played::agrees)).containsExactly(true, false);
        Golden.verify("replay-live-agrees.txt", text(agrees, Pictures.NONE));
        LiveRun crashes = run(door(Call.Fork.class::isInstance), Linux.V6_18, MERGES);
        assertThat(crashes.agrees()).isFalse();
        Golden.verify("replay-live-crash.txt", text(crashes, Pictures.ALL));
    }

    private static Door door(Predicate<Call> crashes) {
        Set<Ability> abilities = EnumSet.allOf(Ability.class);
        abilities.removeAll(Set.of(Ability.SWAP, Ability.LIMIT));
        return new ModelDoor(Linux.V6_18, crashes, new Doable(abilities));
    }

    private LiveRun run(Door door, Rules rules, String... texts) throws IOException {
        Vector<String> files = Vector.empty();
        for (String text : texts) {
            files = files.append(file("h" + files.size() + ".vma", text));
        }
        Screen nobody = Screen.of(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        return new LiveReplaying(nobody, files, Vector.of(rules), null).run(door);
    }

    private String text(LiveRun run, Pictures pictures) {
        return LiveRunText.print(run, pictures).replace(folder.toString(), "FOLDER");
    }

    @Test
    @DisplayName("wrong usage and files that no kernel can take are refused before a kernel is asked")
    void refuses() throws IOException {
        String large = file("large.vma", "pages: 1000\nP0: munmap(0, 1)\n");
        String fine = file("fine.vma", BUG);
        Golden.verify(
                "replay-live-refused.txt",
                (Cli.session("replay", "--live", "host", large)
                                + Cli.session(
                                        "replay",
                                        "--live",
                                        "host",
                                        folder.resolve("none.vma").toString())
                                + Cli.session("replay", "--live", "guest", fine)
                                + Cli.session("replay", "--live", "pom.xml", fine)
                                + Cli.session("replay", "--live", "host", "--invariant", "Mine.java", fine))
                        .replace(folder.toString(), "FOLDER"));
    }

    @Test
    @DisplayName("this host agrees with the rules of its version, and says where others differ")
    void live() throws IOException {
        String file = file("merges.vma", MERGES.replace("rules: linux-6.18\n", ""));
        Cli agrees = Cli.run("replay", "--live", "host", "--rules", "linux-6.18", file);
        if (agrees.status() == Exit.MISSING) {
            if ("required".equals(System.getProperty("vmacheck.live"))) {
                fail("a live kernel is required: " + agrees.err());
            }
            Assumptions.abort(agrees.err());
        }
        assertThat(agrees.out()).contains("\nlinux-6.18 agrees with Linux ");
        assertThat(agrees.status()).isEqualTo(Exit.HELD);
        Cli differs = Cli.run("replay", "--live", "host", "--rules", "never-merge", "--json", file);
        assertThat(differs.status()).isEqualTo(Exit.VIOLATED);
        JsonNode calls = JsonMapper.shared().readTree(differs.out()).at("/files/0/calls");
        assertThat(calls.get(0).get("difference").isNull()).isTrue();
        assertThat(calls.get(1).at("/difference/what").asString()).isEqualTo("VMAs");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
