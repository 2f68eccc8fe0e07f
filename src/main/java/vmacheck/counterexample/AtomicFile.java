package vmacheck.counterexample;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file as a whole or not at all.
final class AtomicFile {
    private AtomicFile() {}

    /// Creates the folders above the file as needed.
    static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // Process and thread in the name: two that save the same file do not meet in the temporary one. The random name
        // of Files.createTempFile would do too, but its file is readable by its owner only.
        String writer =
                ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
        Path temporary = folder.resolve("." + file.getFileName() + "." + writer + ".tmp");
        try {
            // No channel: an interrupt would close it, and an interrupted run must not lose what it found.
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(folder);
    }

    /// The new name survives a power failure only when the folder is on disk too. Not every system can do that to a
    /// folder, and the file is complete without it.
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            return;
        }
    }
}
