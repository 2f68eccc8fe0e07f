package vmacheck.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import javax.lang.model.SourceVersion;

/// Writes a commented start for a user's Java file.
enum Start {
    RULES("Rules.java"),
    INVARIANT("Invariant.java");

    private final String resource;

    Start(String resource) {
        this.resource = resource;
    }

    /// Writes a new file, and never over one that is there.
    void write(String name) {
        Path path = Path.of(name);
        String file = path.getFileName() == null ? "" : path.getFileName().toString();
        String type = file.endsWith(OwnFile.SUFFIX) ? file.substring(0, file.length() - OwnFile.SUFFIX.length()) : "";
        if (!SourceVersion.isName(type) || type.contains(".")) {
            throw new Usage("--new " + name + ": expected a path such as My.java, with the name of a Java class before"
                    + " \".java\"");
        }
        String text = text().replace("NAME", type).replace("KEBAB", kebab(type));
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException _) {
            throw new Usage(name + ": is there already; expected a new file");
        } catch (IOException e) {
            throw new Usage(name + ": cannot be written: " + e + "; expected a folder that is writable");
        }
    }

    private String text() {
        try (InputStream in = Start.class.getResourceAsStream("/vmacheck/start/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// `NoHoles` as `no-holes`. Where that is no good name, the check of the name says what would be.
    private static String kebab(String type) {
        return type.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
