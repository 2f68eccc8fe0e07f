package vmacheck.counterexample;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;
import vmacheck.call.ParseException;
import vmacheck.call.SourceText;

/// The saved counterexamples: `ROOT/RULES/INVARIANT-HASH.vma`, where the hash is that of the history. So a history that
/// is found again is the same file.
///
/// @param root may not exist yet
public record Corpus(Path root) {
    /// Where counterexamples are kept, seen from the top of the repository.
    public static final Path DEFAULT_ROOT = Path.of("counterexamples");

    private static final String SUFFIX = ".vma";
    private static final String UNKNOWN = "unknown";
    /// Characters of a folder's name, with room for a hash in what file systems allow.
    private static final int MOST_NAME = 100;

    /// Where the counterexample belongs, whether or not it is there.
    public Path pathOf(Counterexample counterexample) {
        return pathOf(counterexample, counterexample.violates());
    }

    private Path pathOf(Counterexample counterexample, @Nullable String label) {
        String file = safe(label) + "-" + hash(counterexample.history()) + SUFFIX;
        return root.resolve(safe(counterexample.rules())).resolve(file);
    }

    /// Writes the counterexample, so that after a crash at any moment its file holds all of it or what it held before.
    /// A file that differs in nothing but how it was found, or in comments, stays as it is.
    ///
    /// @return its file
    /// @throws CorpusException if it cannot be written
    public Path save(Counterexample counterexample) {
        return save(counterexample, pathOf(counterexample));
    }

    /// Writes a history that violates nothing, under a name that says what it is for.
    ///
    /// @throws CorpusException if it cannot be written
    public Path save(Counterexample counterexample, String label) {
        return save(counterexample, pathOf(counterexample, label));
    }

    private Path save(Counterexample counterexample, Path file) {
        if (!holds(file, counterexample)) {
            try {
                AtomicFile.write(file, CounterexampleText.print(counterexample));
            } catch (IOException e) {
                // The folder as a whole is the better thing to name, if that is what is wrong.
                requireWritable();
                throw CorpusException.unwritable(file, e);
            }
        }
        return file;
    }

    /// Saves a counterexample that takes the place of an earlier one, whose file goes once the new one is there.
    ///
    /// @throws CorpusException if it cannot be written
    public Path replace(Path earlier, Counterexample counterexample) {
        Path file = save(counterexample);
        if (!file.equals(earlier)) {
            try {
                Files.deleteIfExists(earlier);
            } catch (IOException e) {
                throw CorpusException.unwritable(earlier, e);
            }
        }
        return file;
    }

    /// Fails early where [#save] would fail later, and creates nothing.
    ///
    /// @throws CorpusException if the folder is not writable, or could not be created
    public void requireWritable() {
        Path folder = root.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder)) {
            throw CorpusException.unwritable(root, new FileSystemException(null, null, folder + " is not a folder"));
        }
        if (!Files.isWritable(folder)) {
            throw CorpusException.unwritable(root, new FileSystemException(null, null, "permission denied"));
        }
    }

    /// All saved files, sorted by path.
    ///
    /// @throws CorpusException if the folder cannot be read
    public Vector<Path> list() {
        if (!Files.exists(root)) {
            return Vector.empty();
        }
        try (Stream<Path> files = Files.find(
                root,
                2,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().endsWith(SUFFIX))) {
            return Vector.ofAll(files.sorted());
        } catch (IOException e) {
            throw CorpusException.unreadable(root, e);
        } catch (UncheckedIOException e) {
            throw CorpusException.unreadable(root, e.getCause());
        }
    }

    /// Reads any file, also one outside of every corpus.
    ///
    /// @throws ParseException  if it is no counterexample
    /// @throws CorpusException if it cannot be read
    public static Counterexample load(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CounterexampleText.parse(file.toString(), in.readNBytes(SourceText.MOST_BYTES + 1));
        } catch (IOException e) {
            throw CorpusException.unreadable(file, e);
        }
    }

    /// Eight hexadecimal digits of the SHA-256 of the history's text without results.
    public static String hash(History history) {
        return hash(HistoryPrinter.print(history));
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static boolean holds(Path file, Counterexample counterexample) {
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Counterexample saved = load(file);
            return Objects.equals(saved.rules(), counterexample.rules())
                    && Objects.equals(saved.violates(), counterexample.violates())
                    && saved.holds().equals(counterexample.holds())
                    && saved.transcript().equals(counterexample.transcript());
        } catch (ParseException | CorpusException e) {
            // Broken: to be written anew.
            return false;
        }
    }

    /// Rules of a user have a path for a name: `mine/Rules.java` becomes `mine_Rules.java`. Where more is lost than
    /// that,
    /// a hash keeps two names apart.
    private static String safe(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        String plain = name.replaceAll("[^A-Za-z0-9._+-]", "_");
        boolean path = name.endsWith(".java");
        boolean lossless = path ? plain.equals(name.replace('/', '_')) && name.indexOf('_') < 0 : plain.equals(name);
        String kept = plain.length() <= MOST_NAME ? plain : plain.substring(plain.length() - MOST_NAME);
        String safe = lossless && kept.equals(plain) ? plain : kept + "-" + hash(name);
        return safe.startsWith(".") ? "_" + safe.substring(1) : safe;
    }
}
