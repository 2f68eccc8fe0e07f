package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The processes around a kernel, with other programs in its place.
class UmlBootTest {
    private static final long PATIENCE_SECONDS = 20;
    private static final int KILLED = 128 + 9;

    private static Process start(String... program) throws Exception {
        Assumptions.assumeTrue(PuppetProgram.find("setsid") != null, "no setsid");
        List<String> command = new ArrayList<>(UmlBoot.TOGETHER);
        command.addAll(List.of(program));
        return new ProcessBuilder(command).start();
    }

    @Test
    @DisplayName("a kernel ends, with all of its group, when nobody holds its input any more")
    void endsTogether() throws Exception {
        Process kernel = start("sh", "-c", "sleep 1000 & echo $!; wait");
        String child = kernel.inputReader().readLine();
        ProcessHandle part = ProcessHandle.of(Long.parseLong(child)).orElseThrow();
        assertThat(kernel.isAlive()).isTrue();
        kernel.getOutputStream().close();
        assertThat(kernel.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(kernel.exitValue()).isEqualTo(KILLED);
        part.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("a kernel that ends is seen to end, as it did, and reads nothing")
    void endsByItself() throws Exception {
        Process kernel = start("sh", "-c", "read -r line && exit 1; exit 7");
        assertThat(kernel.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(kernel.exitValue()).isEqualTo(7);
        kernel.getOutputStream().close();
    }
}
