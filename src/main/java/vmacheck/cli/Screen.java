package vmacheck.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a command writes.
///
/// @param out      what was asked for
/// @param err      errors and progress
/// @param terminal whether a person watches `err`, so that a line can be written over
record Screen(PrintStream out, PrintStream err, boolean terminal) {

    /// The standard streams, in UTF-8 whatever the locale: pictures have box characters.
    static Screen standard() {
        return new Screen(stream(FileDescriptor.out), stream(FileDescriptor.err), isTerminal());
    }

    static Screen of(OutputStream out, OutputStream err) {
        return new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        // A reader that goes away (`| head`) makes PrintStream note an error and stay silent, which is what we want.
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 16),
                descriptor == FileDescriptor.err,
                StandardCharsets.UTF_8);
    }

    /// Java only tells whether standard input and output are terminals, not standard error.
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
