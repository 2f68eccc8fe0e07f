package vmacheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What people read is kept in golden files. `mvn verify -Dgolden=accept` accepts a change: it writes the files anew,
/// for the difference to be read and committed.
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/vmacheck/golden");

    private Golden() {}

    /// @param name of the file, with its suffix
    public static void verify(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if ("accept".equals(System.getProperty("golden"))) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(file).as("golden file, made by -Dgolden=accept").exists();
            assertThat(actual).as(file + ", changed by -Dgolden=accept").isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
