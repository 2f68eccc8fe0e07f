package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.check.trial.Kind;
import vmacheck.rules.linux.Linux;

/// What a 6.18.44 kernel did, recorded as root with swap enabled: the model does the same.
class RecordedCorpusTest {
    static final Path LINUX_6_18 = Path.of("src/test/resources/vmacheck/recorded/linux-6.18.44.gz");

    /// With level 4.
    private static final Path HIDDEN = Path.of("src/test/resources/vmacheck/recorded/linux-6.18.44-hidden.gz");

    @Test
    @DisplayName("linux-6.18 agrees with every recorded step of 6.18.44")
    void agrees() {
        try (RecordingReader recording = new RecordingReader(LINUX_6_18)) {
            ConformReport report = new Against(Linux.V6_18, recording, Aspect.observable(), ConformListener.NONE).run();
            assertThat(report.findings()).isEmpty();
            assertThat(report.aspects()).containsExactlyElementsOf(Aspect.observable());
            assertThat(report.steps()).isEqualTo(24_000);
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
    @DisplayName("the recording has every call, forks of forks, and every state of a page")
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
