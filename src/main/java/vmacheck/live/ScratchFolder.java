package vmacheck.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders for as long as something runs. Their names tell which process made them, so that those of a process that
/// was killed can be told from those in use: the next one that makes such a folder removes them.
final class ScratchFolder {
    private ScratchFolder() {}

    /// A new folder.
    ///
    /// @param prefix of its name, with a hyphen at its end
    static Path create(Path parent, String prefix) throws IOException {
        sweep(parent, prefix);
        return Files.createTempDirectory(
                        parent, prefix + ProcessHandle.current().pid() + "-")
                .toRealPath();
    }

    /// Where the system has such folders.
    static Path system() {
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /// Removes what processes left behind that are gone; what belongs to others stays.
    private static void sweep(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*-*")) {
            for (Path folder : folders) {
                if (isLeft(folder.getFileName().toString().substring(prefix.length()))) {
                    try {
                        delete(folder);
                    } catch (IOException _) {
                        // Somebody else's, or somebody else was faster.
                        continue;
                    }
                }
            }
        }
    }

    /// @param name what follows the prefix: the number of a process and a random one
    private static boolean isLeft(String name) {
        String pid = name.substring(0, name.indexOf('-'));
        return pid.matches("\\d{1,9}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /// Removes a folder with all that is in it.
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
