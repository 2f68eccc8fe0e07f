package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    @DisplayName("what a killed process left is removed, and nothing else")
    void sweeps() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path left = folder("it-" + gone.pid() + "-17");
        Path used = ScratchFolder.create(parent, "it-");
        Path other = folder("other-" + gone.pid() + "-17");
        Path plain = folder("it-17");
        Path named = folder("it-mine-too");
        Path next = ScratchFolder.create(parent, "it-");
        assertThat(left).doesNotExist();
        assertThat(used).isDirectory();
        assertThat(other).isDirectory();
        assertThat(plain).isDirectory();
        assertThat(named).isDirectory();
        ScratchFolder.delete(next);
        assertThat(next).doesNotExist();
        assertThat(used).isDirectory();
    }

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name).resolve("root"));
        Files.writeString(folder.resolve("file"), "x");
        return parent.resolve(name);
    }
}
