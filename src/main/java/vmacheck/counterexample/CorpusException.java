package vmacheck.counterexample;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// A file or folder of counterexamples cannot be read or written. The message is one line that says which, why, and
/// what helps.
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Path path;
    private final String remedy;

    private CorpusException(String what, Path path, String why, String remedy, IOException cause) {
        super(what + " " + path + ": " + why + "; " + remedy, cause);
        this.path = path;
        this.remedy = remedy;
    }

    static CorpusException unwritable(Path path, IOException cause) {
        return new CorpusException(
                "cannot write", path, reason(cause), "make the folder writable or choose another one", cause);
    }

    static CorpusException unreadable(Path path, IOException cause) {
        return new CorpusException("cannot read", path, reason(cause), "give the path of a readable *.vma file", cause);
    }

    public Path path() {
        return path;
    }

    /// What the user can do, in a few words.
    public String remedy() {
        return remedy;
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case NotDirectoryException e -> e.getFile() + " is not a folder";
            case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}
