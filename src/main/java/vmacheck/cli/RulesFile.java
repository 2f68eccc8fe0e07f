package vmacheck.cli;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import vmacheck.rules.Rules;

/// A user's own rules: one Java file with one `public static final Rules`. It is compiled when it is named.
final class RulesFile {
    private static final String REMEDY = "; expected a public class with one \"public static final Rules\" field";

    private final Path file;

    private RulesFile(Path file) {
        this.file = file;
    }

    /// The rules of a file, under its path as their name, so that a counterexample says where they are.
    static Rules load(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Usage(file + ": no readable file; expected the path of a Java file with rules");
        }
        Rules rules = new RulesFile(file).load();
        return rules.named(file.toString(), rules.summary());
    }

    private Rules load() {
        try {
            Path folder = Files.createTempDirectory("vmacheck-rules");
            try {
                compile(folder);
                return only(LoadedClasses.load(folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new Usage(file + ": cannot be compiled: " + e.getMessage() + "; expected room for temporary files");
        }
    }

    private void compile(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new Missing("rules in a Java file need the compiler of a JDK 25; this is a Java runtime without one");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
            // The jar names its libraries in its manifest, which the compiler follows too.
            String classPath = System.getProperty("java.class.path", "");
            List<String> options = List.of("-d", folder.toString(), "-proc:none", "-nowarn", "-classpath", classPath);
            if (!compiler.getTask(null, manager, problems, options, null, manager.getJavaFileObjects(file))
                    .call()) {
                throw problem(problems);
            }
        }
    }

    private Usage problem(DiagnosticCollector<JavaFileObject> problems) {
        return Vector.ofAll(problems.getDiagnostics())
                .find(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> new Usage(file + ":" + problem.getLineNumber() + ":" + problem.getColumnNumber() + ": "
                        + oneLine(problem.getMessage(Locale.ROOT)) + "; expected Java that compiles"))
                .getOrElse(() -> new Usage(file + ": does not compile" + REMEDY));
    }

    private static String oneLine(String message) {
        return message.lines().map(String::strip).collect(Collectors.joining(", "));
    }

    private Rules only(Vector<Class<?>> classes) {
        Vector<Rules> found = classes.filter(type -> Modifier.isPublic(type.getModifiers()))
                .flatMap(type -> Vector.of(type.getFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Rules.class)
                .map(this::value);
        if (found.size() != 1) {
            throw new Usage(file + ": " + (found.isEmpty() ? "no" : found.size()) + " rules in it" + REMEDY);
        }
        return found.head();
    }

    private Rules value(Field field) {
        try {
            if (field.get(null) instanceof Rules rules) {
                return rules;
            }
            throw new Usage(file + ": " + field.getName() + " is null" + REMEDY);
        } catch (IllegalAccessException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new Usage(file + ": " + field.getName() + " cannot be computed: " + cause + REMEDY);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : Vector.ofAll(files).reverse()) {
                Files.delete(path);
            }
        }
    }
}
