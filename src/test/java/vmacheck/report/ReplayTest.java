package vmacheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.invariant.Level;
import vmacheck.invariant.Violation;
import vmacheck.report.ReplayText.Pictures;
import vmacheck.rules.linux.Linux;

class ReplayTest {
    private static final String BUG = """
        vmacheck: 1
        rules: linux-6.16
        violates: rmap-complete

        P0: mmap(0, 1, rw, private|anonymous|fixed) = 0
        P0: write(0) = 0
        P0: mmap(8, 1, rw, private|anonymous|fixed) = 8
        P0: mremap(0, 1, 1, maymove|fixed, 9) = 9
        """;
    private static final Violation LOST = new Violation(
            "rmap-complete",
            Level.SAFETY,
            "the walk from A0 does not find page 9 of P0, which maps F0",
            0,
            Vector.of(9));
    private static final Violation MISSED =
            new Violation("no-missed-merge", Level.ADVICE, "[8,9) and [9,10) of P0 could be one", 0, Vector.of(8, 9));

    @Test
    @DisplayName("a violation stands below its call, in a sentence, and is drawn before and after")
    void showsViolations() {
        Replay replay = Replays.of(BUG, Linux.V6_16, LOST, MISSED);
        Golden.verify("replay-plain.txt", ReplayText.print(replay, Pictures.NONE));
        Golden.verify("replay-draw.txt", ReplayText.print(replay, Pictures.FAILURE));
        Golden.verify("replay-step.txt", ReplayText.print(replay, Pictures.ALL));
        Golden.verify("replay.json", Json.print(ReplayJson.of(Vector.of(replay))) + "\n");
        assertThat(replay.holds()).isFalse();
        assertThat(replay.failingCall().get()).isEqualTo(3);
        assertThat(replay.violated()).containsExactly("rmap-complete");
    }

    @Test
    @DisplayName("what holds is drawn at its end")
    void showsWhatHolds() {
        Replay replay = Replays.of(BUG, Linux.V6_18);
        Golden.verify("replay-holds.txt", ReplayText.print(replay, Pictures.FAILURE));
        assertThat(replay.holds()).isTrue();
    }

    @Test
    @DisplayName("advice is shown and fails nothing")
    void adviceIsNoFailure() {
        Replay replay = Replays.of(BUG, Linux.V6_18, MISSED);
        assertThat(ReplayText.print(replay, Pictures.NONE))
                .contains("· no-missed-merge: [8,9) and [9,10) of P0 could be one\n")
                .endsWith("linux-6.18 holds.\n");
        assertThat(replay.holds()).isTrue();
    }

    @Test
    @DisplayName("results in a file are those of its rules, and of all if it names none")
    void comparesResults() {
        String history = "P0: mmap(0, 1, rw, private|anonymous|fixed) = 0\nP0: munmap(0, 1) = EINVAL\n";
        String header = "vmacheck: 1\nrules: linux-6.16\n\n";
        assertThat(Replays.of(header + history, Linux.V6_18).holds()).isTrue();
        assertThat(Replays.of(header + history, Linux.V6_16).holds()).isFalse();
        Replay plain = Replays.of(history, Linux.V6_18);
        assertThat(plain.differingCall().get()).isEqualTo(1);
        assertThat(ReplayText.print(plain, Pictures.NONE))
                .contains("2  P0: munmap(0, 1) = 0   ✗ the file says EINVAL\n")
                .endsWith("linux-6.18 gives another result than the file at call 2.\n");
        JsonNode json = JsonMapper.shared().readTree(Json.print(ReplayJson.of(Vector.of(plain))));
        JsonNode calls = json.get("files").get(0).get("calls");
        assertThat(calls.get(0).get("expected").isNull()).isTrue();
        assertThat(calls.get(1).get("expected").asString()).isEqualTo("EINVAL");
    }

    @Test
    @DisplayName("a counterexample that is none any more says so")
    void saysWhatIsMended() {
        assertThat(ReplayText.print(Replays.of(BUG, Linux.V6_16), Pictures.NONE))
                .endsWith("linux-6.16 holds: it does not violate rmap-complete any more, as the file says it does.\n");
    }

    @Test
    @DisplayName("processes that are gone are not in the JSON, files and shared memory have symbols")
    void jsonOfFilesAndForks() {
        String history = """
            P0: mmap(0, 2, rw, shared|anonymous|fixed)
            P0: mmap(4, 2, r, private|fixed, F2, 3)
            P0: fork()
            P1: exit()
            """;
        JsonNode json =
                JsonMapper.shared().readTree(Json.print(ReplayJson.of(Vector.of(Replays.of(history, Linux.V6_18)))));
        JsonNode calls = json.get("files").get(0).get("calls");
        assertThat(calls.get(2).get("result").asString()).isEqualTo("P1");
        assertThat(calls.get(2).get("processes").propertyNames()).containsExactly("P0", "P1");
        assertThat(calls.get(3).get("processes").propertyNames()).containsExactly("P0");
        JsonNode vmas = calls.get(3).get("processes").get("P0").get("vmas");
        assertThat(vmas.get(0).get("file").asString()).isEqualTo("S0");
        assertThat(vmas.get(1).get("file").asString()).isEqualTo("F2");
        assertThat(vmas.get(1).get("pgoff").asInt()).isEqualTo(3);
        assertThat(vmas.get(1).get("anonVma").isNull()).isTrue();
    }
}
