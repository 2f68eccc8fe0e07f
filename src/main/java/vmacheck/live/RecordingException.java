package vmacheck.live;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A recording cannot be read or written. The message is one line that says where, what, and what would be right.
public final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private RecordingException(String message) {
        super(message, null, false, false);
    }

    /// @param line of the uncompressed text, from 1
    static RecordingException damaged(Path file, long line, String problem) {
        return new RecordingException(
                file + ":" + line + ": " + problem + "; expected a whole recording, as conform --record writes it");
    }

    static RecordingException format(Path file, long version) {
        return new RecordingException(file + ":1: unsupported format version " + version + "; expected "
                + RecordingWriter.FORMAT + ", or a newer vmacheck");
    }

    static RecordingException unwritable(Path file, IOException cause) {
        return new RecordingException("cannot write " + file + ": " + reason(cause)
                + "; give the path of a file in a folder that is there and writable");
    }

    static RecordingException unreadable(Path file, IOException cause) {
        return new RecordingException("cannot read " + file + ": " + reason(cause) + "; give the path of a recording");
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file or folder";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
