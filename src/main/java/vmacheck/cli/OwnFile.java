package vmacheck.cli;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A user's Java file: compiled and loaded when it is named, all in memory.
final class OwnFile {
    static final String SUFFIX = ".java";

    private static final int MOST_ERRORS = 20;

    private final String name;
    private final Path path;

    private OwnFile(String name, Path path) {
        this.name = name;
        this.path = path;
    }

    /// All classes of a file, sorted by name, not yet initialised.
    ///
    /// @param what is expected in the file, for errors: `rules`
    static Vector<Class<?>> load(Path path, String what) {
        String name = nameOf(path);
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new Usage(path + ": no readable file; expected the path of a Java file with " + what);
        }
        requireLine(name);
        return OwnClasses.load(name, new OwnFile(name, path).compile());
    }

    /// What stands in counterexamples for a file: its path as seen from here if it lies below, so that two spellings
    /// are one name, and the whole path otherwise.
    static String nameOf(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(here) ? here.relativize(whole) : whole).toString();
    }

    /// The name goes into counterexamples, whose lines have commas and comments.
    private static void requireLine(String name) {
        if (!name.equals(name.strip()) || name.chars().anyMatch(c -> c == '#' || c == ',' || c < ' ')) {
            throw new Usage(name.strip() + ": a path with a comma, a # or a line end; expected one without");
        }
    }

    private Map<String, byte[]> compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Missing("a Java file needs the compiler of a JDK 25; this is a Java runtime without one");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                        compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8);
                CompiledClasses classes = new CompiledClasses(files)) {
            // The jar names its libraries in its manifest, which the compiler follows too.
            String classPath = System.getProperty("java.class.path", "");
            List<String> options = List.of("-proc:none", "-nowarn", "-g", "-implicit:none", "-classpath", classPath);
            List<JavaFileObject> units = List.of(new Source(path.getFileName().toString(), read()));
            if (!compiler.getTask(new StringWriter(), classes, problems, options, null, units)
                    .call()) {
                throw problem(problems);
            }
            return classes.bytes();
        } catch (IOException e) {
            throw new Usage(name + ": cannot be compiled: " + e.getMessage() + "; expected a readable Java file");
        }
    }

    private String read() {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new Usage(name + ": cannot be read as text (" + e + "); expected Java in UTF-8");
        }
    }

    private Usage problem(DiagnosticCollector<JavaFileObject> problems) {
        Vector<String> errors = Vector.ofAll(problems.getDiagnostics())
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .sortBy(Diagnostic::getPosition)
                .map(this::line);
        return new Usage(
                errors.isEmpty()
                        ? name + ": does not compile; expected Java "
                                + Runtime.version().feature()
                        : errors.take(MOST_ERRORS).mkString("\n"));
    }

    private String line(Diagnostic<? extends JavaFileObject> problem) {
        String place = problem.getLineNumber() == Diagnostic.NOPOS
                ? ""
                : ":" + problem.getLineNumber() + ":" + problem.getColumnNumber();
        return name + place + ": " + oneLine(problem.getMessage(Locale.ROOT));
    }

    private static String oneLine(String message) {
        return message.lines().map(String::strip).collect(Collectors.joining(", "));
    }

    /// The file by its bare name, as the compiler compares it with the name of the class.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("memory:///" + java.net.URLEncoder.encode(file, StandardCharsets.UTF_8)), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
