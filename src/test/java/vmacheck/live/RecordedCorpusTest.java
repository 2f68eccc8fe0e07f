package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vmacheck.call.Call;
import vmacheck.check.trial.Kind;
import vmacheck.kernel.Kernel;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// What kernels did, recorded as root: the model does the same under the rules of that version, and under no others.
class RecordedCorpusTest {
    private static final Path FOLDER = Path.of("src/test/resources/vmacheck/recorded");
    static final Path LINUX_6_18 = FOLDER.resolve("linux-6.18.44.gz");

    /// With level 4.
    private static final Path HIDDEN = FOLDER.resolve("linux-6.18.44-hidden.gz");

    private static final Vector<Rules> VERSIONS =
            RuleBook.ALL.removeAll(RuleBook.PROPOSALS).remove(Linux.NEVER_MERGE);

    private record Recorded(String file, Rules rules, long steps) {
        RecordingReader open() {
            return new RecordingReader(FOLDER.resolve(file));
        }
    }

    private static final Vector<Recorded> ALL = Vector.of(
            new Recorded("linux-6.18.44.gz", Linux.V6_18, 24_000),
            new Recorded("linux-6.18.44-short.gz", Linux.V6_18, 8_000),
            new Recorded("linux-6.18.44-long.gz", Linux.V6_18, 9_600),
            new Recorded("um-5.17.0-rc5.gz", Linux.V5_17_RC5, 6_000),
            new Recorded("um-6.1.176.gz", Linux.V6_1_176, 24_000),
            new Recorded("um-6.1.176-short.gz", Linux.V6_1_176, 8_000),
            new Recorded("um-6.1.176-long.gz", Linux.V6_1_176, 9_600),
            new Recorded("um-6.1.192.gz", Linux.V6_1, 12_000),
            new Recorded("um-6.12.117.gz", Linux.V6_12, 12_000),
            new Recorded("um-6.18.35.gz", Linux.V6_18_35, 12_000),
            new Recorded("um-7.1.5.gz", Linux.V7_1, 12_000));

    @TestFactory
    Stream<DynamicTest> aVersionAgreesWithWhatItsKernelDid() {
        return ALL.toJavaStream()
                .map(recorded ->
                        DynamicTest.dynamicTest(recorded.rules + " and " + recorded.file, () -> agrees(recorded)));
    }

    private static void agrees(Recorded recorded) {
        try (RecordingReader recording = recorded.open()) {
            Rules rules = recording.kernel().asBuilt(recorded.rules);
            ConformReport report = new Against(rules, recording, Aspect.observable(), ConformListener.NONE).run();
            assertThat(report.findings()).isEmpty();
            assertThat(report.aspects()).containsExactlyElementsOf(Aspect.observable());
            assertThat(report.steps()).isEqualTo(recorded.steps);
        }
    }

    @TestFactory
    Stream<DynamicTest> noOtherVersionAgrees() {
        return ALL.toJavaStream()
                .flatMap(recorded -> VERSIONS.remove(recorded.rules)
                        .toJavaStream()
                        .map(rules -> DynamicTest.dynamicTest(
                                rules + " and " + recorded.file,
                                () -> assertThat(differs(recorded, rules)).isTrue())));
    }

    /// Reads no more than it takes.
    private static boolean differs(Recorded recorded, Rules other) {
        try (RecordingReader recording = recorded.open()) {
            Kernel kernel = new Kernel(recording.kernel().asBuilt(other));
            Comparison comparison =
                    new Comparison(Aspect.observable(), recording.kernel().frames());
            for (RecordingReader.Recorded one = recording.read(); one != null; one = recording.read()) {
                if (comparison.compare(Run.of(kernel, 0, one.history()).steps(), one.observed()) != null) {
                    return true;
                }
            }
            return false;
        }
    }

    @Test
    @DisplayName("linux-6.18 agrees with the hidden fields of 6.18.44")
    void agreesInWhatIsHidden() {
        try (RecordingReader recording = new RecordingReader(HIDDEN)) {
            ConformReport report =
                    new Against(Linux.V6_18, recording, EnumSet.allOf(Aspect.class), ConformListener.NONE).run();
            assertThat(report.findings()).isEmpty();
            assertThat(report.aspects()).contains(Aspect.HIDDEN);
            assertThat(report.steps()).isEqualTo(12_000);
        }
        try (RecordingReader recording = new RecordingReader(HIDDEN)) {
            ConformReport report = new Against(
                            Broken.STAYS, recording, EnumSet.of(Aspect.RESULTS, Aspect.HIDDEN), ConformListener.NONE)
                    .run();
            assertThat(report.findings())
                    .isNotEmpty()
                    .allSatisfy(
                            finding -> assertThat(finding.difference().aspect()).isEqualTo(Aspect.HIDDEN));
        }
    }

    @Test
    @DisplayName("the recording of 6.18.44 has every call, forks of forks, and every state of a page")
    void isVaried() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        Set<Observed.State> states = EnumSet.noneOf(Observed.State.class);
        int processes = 0;
        int limited = 0;
        try (RecordingReader recording = new RecordingReader(LINUX_6_18)) {
            for (RecordingReader.Recorded one = recording.read(); one != null; one = recording.read()) {
                for (Call call : one.history().calls()) {
                    kinds.add(Kind.of(call));
                }
                limited += one.history().setup().maxMapCount() < 100 ? 1 : 0;
                for (Observed.Step step : one.observed().steps()) {
                    processes = Math.max(processes, step.processes().size());
                    step.processes()
                            .forEach(process -> java.util.Objects.requireNonNull(process.pages())
                                    .forEach(page -> states.add(page.state())));
                }
            }
        }
        // Events of the environment are what user space cannot ask for.
        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Kind.RECLAIM, Kind.SWAPIN)));
        assertThat(states).containsExactlyInAnyOrder(Observed.State.values());
        assertThat(processes).isGreaterThanOrEqualTo(4);
        assertThat(limited).isGreaterThan(10);
    }
}
