package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vmacheck.call.Call;
import vmacheck.check.shrink.SimplerThan;
import vmacheck.live.Difference.What;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.mutants.Mutants;

/// Comparing with a kernel that is a model itself, so that one knows what must come out.
class ConformTest {
    private static final ConformOptions OPTIONS =
            new ConformOptions(1, 40, 8000, Duration.ofMinutes(2), Aspect.observable());

    private static ConformReport run(Rules rules, ModelDoor door) {
        return new Conform(rules, door, OPTIONS, ConformListener.NONE, null).run();
    }

    @Test
    @DisplayName("the same rules agree, and every step is compared")
    void agrees() {
        ConformReport report = run(Linux.V6_18, new ModelDoor(Linux.V6_18));
        assertThat(report.findings()).isEmpty();
        assertThat(report.steps()).isEqualTo(8000);
        assertThat(report.histories()).isEqualTo(200);
        assertThat(report.explained()).isEmpty();
    }

    @Test
    @DisplayName("the last history is cut so that the number of steps is what was asked for")
    void cutsTheLastHistory() {
        ConformOptions odd = new ConformOptions(1, 40, 101, Duration.ofMinutes(2), Aspect.observable());
        ConformReport report =
                new Conform(Linux.V6_18, new ModelDoor(Linux.V6_18), odd, ConformListener.NONE, null).run();
        assertThat(report.steps()).isEqualTo(101);
        assertThat(report.histories()).isEqualTo(3);
    }

    static List<Rules> wrong() {
        // What user space can see at once; the others corrupt what only the reverse map sees.
        return List.of(Broken.FLAGS, Mutants.REUSE, Linux.NEVER_MERGE);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    @DisplayName("rules that differ in one decision are caught, and the reason takes at most 6 calls")
    void catches(Rules wrong) {
        ConformReport report = run(wrong, new ModelDoor(Linux.V6_18));
        assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.history().size()).isLessThanOrEqualTo(6);
            assertThat(finding.again()).isEqualTo(Conform.RERUNS);
        });
    }

    @Test
    @DisplayName("what only the hidden fields show is caught there, and nowhere else")
    void catchesWhatIsHidden() {
        assertThat(run(Broken.REUSE, new ModelDoor(Linux.V6_18)).findings()).isEmpty();
        ConformOptions hidden =
                new ConformOptions(1, 40, 8000, Duration.ofMinutes(2), EnumSet.of(Aspect.RESULTS, Aspect.HIDDEN));
        ConformReport report =
                new Conform(Broken.REUSE, new ModelDoor(Linux.V6_18), hidden, ConformListener.NONE, null).run();
        assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.difference().aspect()).isEqualTo(Aspect.HIDDEN);
            assertThat(finding.history().size()).isLessThanOrEqualTo(6);
        });
    }

    @Test
    @DisplayName("a crash is a finding, shrunk to the call that crashes, and the run goes on")
    void crash() {
        ConformReport report = run(Linux.V6_18, new ModelDoor(Linux.V6_18, Call.Munlockall.class::isInstance));
        assertThat(report.findings()).hasSize(1);
        Finding finding = report.findings().get(0);
        assertThat(finding.difference().what()).isEqualTo(What.TROUBLE);
        assertThat(finding.history().calls()).containsExactly(new Call.Munlockall(0));
        assertThat(finding.difference().sentence())
                .isEqualTo("after P0: munlockall(), call 1, the end of the history: model goes on; kernel it crashed");
        assertThat(report.histories()).isEqualTo(200);
    }

    @Test
    @DisplayName("a finding is told raw before it is told simpler, and only ever gets simpler")
    void tellsAtOnce() {
        List<Finding> told = new ArrayList<>();
        ConformListener listener = new ConformListener() {
            @Override
            public void found(Finding finding) {
                told.add(finding);
            }

            @Override
            public void improved(Finding finding) {
                if (finding.number() == 0) {
                    told.add(finding);
                }
            }
        };
        new Conform(Broken.FLAGS, new ModelDoor(Linux.V6_18), OPTIONS, listener, null).run();
        List<Finding> first =
                told.stream().filter(finding -> finding.number() == 0).toList();
        assertThat(first.getFirst().stage()).isEqualTo(Finding.Stage.RAW);
        assertThat(first.getLast().stage()).isEqualTo(Finding.Stage.SIMPLEST);
        for (int i = 1; i < first.size(); i++) {
            assertThat(SimplerThan.ORDER.compare(
                            first.get(i).history(), first.get(i - 1).history()))
                    .isLessThanOrEqualTo(0);
        }
    }

    @Test
    @DisplayName("the same seed gives the same report")
    void repeats() {
        assertThat(run(Mutants.REUSE, new ModelDoor(Linux.V6_18)))
                .isEqualTo(run(Mutants.REUSE, new ModelDoor(Linux.V6_18)));
    }

    @Test
    @DisplayName("an interrupt ends the run with all that was found")
    void interrupt() {
        List<Conform> running = new ArrayList<>();
        List<Finding> found = new ArrayList<>();
        ConformListener listener = new ConformListener() {
            @Override
            public void found(Finding finding) {
                found.add(finding);
                running.getFirst().interrupt();
            }
        };
        running.add(new Conform(Broken.FLAGS, new ModelDoor(Linux.V6_18), OPTIONS, listener, null));
        ConformReport report = running.getFirst().run();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.findings()).isNotEmpty();
        assertThat(report.findings().map(Finding::number))
                .containsAll(found.stream().map(Finding::number).toList());
    }
}
