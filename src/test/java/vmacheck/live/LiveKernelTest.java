package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// A short comparison with the kernel that this runs on, where that is a 6.18. With `-Dvmacheck.live=required` it is a
/// failure if it is not; otherwise the tests are skipped, and say why.
class LiveKernelTest {
    private static final Path LIMIT = Path.of("/proc/sys/vm/max_map_count");

    private static final boolean REQUIRED = "required".equals(System.getProperty("vmacheck.live"));

    private static Door door() {
        try {
            HostDoor door = new HostDoor();
            LiveKernel kernel = door.kernel();
            boolean hidden = kernel.showsHidden() || !kernel.frames() || !REQUIRED;
            if (kernel.release().startsWith("6.18.") && hidden) {
                return door;
            }
            door.close();
            if (!hidden) {
                return without("this user is root, and level 4 cannot be observed: " + kernel.unseen());
            }
            return without("this host runs Linux " + door.kernel().release() + " and not 6.18");
        } catch (LiveException e) {
            return without(e.getMessage());
        }
    }

    private static Door without(String reason) {
        if (REQUIRED) {
            fail("a live 6.18 kernel is required: " + reason);
        }
        Assumptions.abort(reason);
        throw new AssertionError("skipped");
    }

    private static ConformReport run(Door door, Rules rules, long steps) {
        ConformOptions options = new ConformOptions(
                501, 40, steps, Duration.ofMinutes(2), door.kernel().aspects());
        return new Conform(rules, door, options, ConformListener.NONE, null).run();
    }

    @Test
    @DisplayName("linux-6.18 agrees with this kernel, and its limit on mappings is as it was")
    void agrees() throws Exception {
        String limit = Files.readString(LIMIT);
        try (Door door = door()) {
            ConformReport report = run(door, Linux.V6_18, 6000);
            assertThat(report.findings()).isEmpty();
            assertThat(report.steps()).isEqualTo(6000);
        }
        assertThat(Files.readString(LIMIT)).isEqualTo(limit);
    }

    @Test
    @DisplayName("the kernel catches rules that differ in nothing but hidden fields, in at most 6 calls")
    void catchesWhatIsHidden() {
        try (Door door = door()) {
            Assumptions.assumeTrue(
                    door.kernel().showsHidden(),
                    () -> "level 4: " + door.kernel().unseen());
            ConformReport report = run(door, Broken.STAYS, 4000);
            assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
                assertThat(finding.difference().aspect()).isEqualTo(Aspect.HIDDEN);
                assertThat(finding.history().size()).isLessThanOrEqualTo(6);
            });
        }
    }

    @Test
    @DisplayName("the kernel catches rules with one decision changed, and the reason takes at most 6 calls")
    void catches() {
        try (Door door = door()) {
            ConformReport report = run(door, Broken.FLAGS, 4000);
            assertThat(report.findings()).isNotEmpty();
            assertThat(report.findings())
                    .allSatisfy(finding -> assertThat(finding.history().size()).isLessThanOrEqualTo(6));
        }
    }
}
