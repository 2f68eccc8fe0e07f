package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PuppetProgramTest {
    @Test
    @DisplayName("all sources of the puppet are compiled")
    void knowsAllSources() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/c"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(PuppetProgram.SOURCES);
        }
    }

    @Test
    @DisplayName("all sources of the BPF program and its loader are compiled")
    void knowsAllBpfSources() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/bpf"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(BpfProgram.SOURCES);
        }
    }
}
