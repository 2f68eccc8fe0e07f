package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;

class UmlDoorTest {
    private static final History HISTORY = HistoryParser.history("""
        P0: mmap(0, 3, rw, private|anonymous|fixed)
        P0: write(1)
        P0: fork()
        P1: munmap(0, 1)
        P1: read(1)
        """);

    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName("Debian's User Mode Linux runs histories, each from the beginning")
    void observes() {
        try (Door door = installed()) {
            assertThat(door.kernel().release()).startsWith("6.1.");
            List<Observed> observed = new ArrayList<>();
            door.observe(List.of(HISTORY, HISTORY), Aspect.observable(), observed::add);
            assertThat(observed).hasSize(2).allSatisfy(one -> {
                assertThat(one.trouble()).isNull();
                assertThat(one.steps()).extracting(Observed.Step::result).containsExactly("0", "0", "P1", "0", "1");
                assertThat(one.steps().getLast().processes())
                        .extracting(process -> process.vmas() == null
                                ? -1
                                : process.vmas().getFirst().start())
                        .containsExactly(0, 1);
            });
        }
    }

    private static Door installed() {
        try {
            return UmlDoor.installed();
        } catch (LiveException e) {
            if ("required".equals(System.getProperty("vmacheck.live"))) {
                fail("User Mode Linux is required: " + e.getMessage());
            }
            Assumptions.abort(e.getMessage());
            throw new AssertionError("skipped");
        }
    }

    @Test
    @DisplayName("a program that is no kernel is one clear sentence")
    void noKernel() throws Exception {
        Path program = folder.resolve("kernel");
        Files.writeString(program, "#!/bin/sh\necho no kernel at all\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Assumptions.assumeTrue(PuppetProgram.find("cc") != null, "no compiler");
        assertThatThrownBy(() -> new UmlDoor(program))
                .isInstanceOf(LiveException.class)
                .hasMessage(program
                        + " does not boot with the puppet as its init: the kernel crashed; it said: no kernel at all;"
                        + " expected a User Mode Linux (a kernel built with make ARCH=um)");
        assertThatThrownBy(() -> new UmlDoor(folder.resolve("none")))
                .isInstanceOf(LiveException.class)
                .hasMessageContaining("is no program");
    }
}
