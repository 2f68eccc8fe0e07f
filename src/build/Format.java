import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.sun.source.tree.AnyPatternTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Checks or applies palantir-java-format: `Format check|apply REPORT FOLDER...`. What is not formatted goes into the
/// file REPORT. The build starts this program (see the pom) on the JDK that compiles vmacheck; formatter plugins run on
/// the one that Maven itself runs on, which may be older than the language of the sources.
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    /// Stands before `_` in a record pattern while the formatter sees it: it knows `T _`, but not yet `_` alone.
    private static final String ANY_TYPE = "\u00aa ";

    /// Markdown comments, which the formatter would break in the middle of a line, sometimes without the slashes.
    private static final Pattern DOC = Pattern.compile("(?m)(?<=^ {0,80})///.*\n(?: *///.*\n)*");

    private static final Pattern MASKED = Pattern.compile("(?m)^( *)// ?\u00aa([0-9]+);$");

    private Format() {}

    static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        Path report = Path.of(arguments[1]);
        List<String> wrong = new ArrayList<>();
        for (Path file : sources(List.of(arguments).subList(2, arguments.length))) {
            String source = Files.readString(file);
            try {
                String formatted = format(source);
                if (!formatted.equals(source)) {
                    if (apply) {
                        Files.writeString(file, formatted);
                        IO.println("formatted " + file);
                    } else {
                        wrong.add(file.toString());
                    }
                }
            } catch (FormatterException e) {
                wrong.add(file + ":" + e.getMessage());
            }
        }
        if (wrong.isEmpty()) {
            Files.deleteIfExists(report);
        } else {
            Files.writeString(
                    report,
                    "Not formatted:\n  " + String.join("\n  ", wrong)
                            + "\nThis formats them: mvn -Pformat process-sources\n");
        }
    }

    private static String format(String source) throws IOException, FormatterException {
        StringBuilder known = new StringBuilder(source);
        for (int position : anyPatterns(source).descendingSet()) {
            known.insert(position, ANY_TYPE);
        }
        List<String> docs = new ArrayList<>();
        String masked = DOC.matcher(known).replaceAll(doc -> {
            docs.add(doc.group().strip());
            return "//\u00aa" + (docs.size() - 1) + ";\n";
        });
        String formatted = FORMATTER.formatSourceAndFixImports(masked).replace(ANY_TYPE + "_", "_");
        return MASKED.matcher(formatted).replaceAll(line -> {
            String doc = docs.get(Integer.parseInt(line.group(2)));
            return Matcher.quoteReplacement(
                    doc.lines().map(text -> line.group(1) + text.strip()).collect(Collectors.joining("\n")));
        });
    }

    private static TreeSet<Integer> anyPatterns(String source) throws IOException {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(file));
        Trees trees = Trees.instance(task);
        TreeSet<Integer> positions = new TreeSet<>();
        for (CompilationUnitTree unit : task.parse()) {
            new TreePathScanner<Void, Void>() {
                @Override
                public Void visitAnyPattern(AnyPatternTree pattern, Void nothing) {
                    // javac gives the position of what follows the pattern
                    int after = (int) trees.getSourcePositions().getStartPosition(unit, pattern);
                    positions.add(source.lastIndexOf('_', after));
                    return null;
                }
            }.scan(unit, null);
        }
        return positions;
    }

    private static List<Path> sources(List<String> folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            if (Files.isDirectory(Path.of(folder))) {
                try (Stream<Path> files = Files.walk(Path.of(folder))) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }
}
