package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.live.Difference.What;
import vmacheck.rules.RuleBook;

/// Puppets that are killed while they work.
class KilledPuppetTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final History FAMILY = HistoryParser.history("""
        P0: mmap(0, 3, rw, private|anonymous|fixed)
        P0: write(1)
        P0: fork()
        P1: fork()
        P2: write(1)
        """);

    private static HostDoor door() {
        try {
            return new HostDoor();
        } catch (LiveException e) {
            if ("required".equals(System.getProperty("vmacheck.live"))) {
                fail("a live kernel is required: " + e.getMessage());
            }
            Assumptions.abort(e.getMessage());
            throw new AssertionError("skipped");
        }
    }

    private static List<ProcessHandle> puppets() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").contains("/puppet-"))
                .toList();
    }

    /// Kills the puppet with what it has begun, and waits until it is gone.
    private static void killPuppet() {
        List<ProcessHandle> family = new ArrayList<>();
        puppets().forEach(puppet -> {
            puppet.descendants().forEach(family::add);
            family.add(puppet);
            puppet.destroyForcibly();
        });
        family.forEach(process -> {
            try {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("process " + process.pid() + " survives its puppet", e);
            }
        });
    }

    @Test
    @DisplayName("every history is answered: one tells what happened, those after it are run by another puppet")
    void goesOn() {
        try (HostDoor door = door()) {
            // More than fits into the pipes between, so that it cannot be done before it is killed.
            int histories = 600;
            List<Observed> observed = new ArrayList<>();
            door.observe(Collections.nCopies(histories, FAMILY), Aspect.observable(), one -> {
                observed.add(one);
                if (observed.size() == 1) {
                    killPuppet();
                }
            });
            assertThat(observed).hasSize(histories);
            List<Observed> troubled =
                    observed.stream().filter(one -> one.trouble() != null).toList();
            assertThat(troubled).hasSize(1);
            assertThat(troubled.getFirst().trouble()).startsWith("the puppet is gone: signal 9");
            assertThat(observed.getLast().steps()).hasSize(FAMILY.size());
        }
        assertThat(puppets()).isEmpty();
    }

    @Test
    @DisplayName("in a comparison it is a finding that does not come again, and the comparison goes on")
    void isAFinding() {
        try (HostDoor door = door()) {
            ConformOptions options = new ConformOptions(7, 40, 12_000, Duration.ofMinutes(2), Aspect.observable());
            boolean[] killed = {false};
            ConformListener listener = new ConformListener() {
                @Override
                public void progress(Progress now) {
                    if (!killed[0] && !puppets().isEmpty()) {
                        killed[0] = true;
                        killPuppet();
                    }
                }
            };
            ConformReport report =
                    new Conform(RuleBook.ofRelease(door.kernel().release()), door, options, listener, null).run();
            assertThat(report.steps()).isGreaterThan(11_000);
            List<Finding> ends = report.findings()
                    .filter(finding -> finding.difference().what() == What.TROUBLE)
                    .asJava();
            assertThat(ends).hasSize(1);
            assertThat(ends.getFirst().again()).isZero();
            assertThat(ends.getFirst().stage()).isEqualTo(Finding.Stage.RAW);
        }
        assertThat(puppets()).isEmpty();
    }
}
