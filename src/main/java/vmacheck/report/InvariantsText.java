package vmacheck.report;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import vmacheck.invariant.Invariant;

/// Invariants, for people and programs: the list, and the page of each.
public final class InvariantsText {
    public record InvariantsJson(List<InvariantLine> invariants) {}

    /// @param statement the first paragraph of its page
    public record InvariantLine(String name, String level, String statement) {}

    public record InvariantPage(String name, String level, String page) {}

    private static final int COLUMNS = 110;
    private static final int LEVEL = 8;

    private InvariantsText() {}

    public static String list(Vector<Invariant> all) {
        int width = all.map(invariant -> invariant.name().length()).max().getOrElse(0) + 2;
        return all.map(invariant -> RulesText.pad(invariant.name(), width)
                        + RulesText.pad(invariant.level().text(), LEVEL)
                        + wrapped(statement(invariant).replace("`", ""), width + LEVEL) + "\n")
                .mkString();
    }

    /// A text in lines of at most [#COLUMNS], the first of which starts at column `indent`, as do the others.
    private static String wrapped(String text, int indent) {
        StringBuilder out = new StringBuilder();
        int column = indent;
        for (String word : text.split(" ")) {
            if (column > indent && column + 1 + word.length() > COLUMNS) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
            }
            out.append(column > indent ? " " : "").append(word);
            column += (column > indent ? 1 : 0) + word.length();
        }
        return out.toString();
    }

    public static InvariantsJson listJson(Vector<Invariant> all) {
        return new InvariantsJson(all.map(invariant ->
                        new InvariantLine(invariant.name(), invariant.level().text(), statement(invariant)))
                .asJava());
    }

    public static InvariantPage pageJson(Invariant invariant) {
        return new InvariantPage(invariant.name(), invariant.level().text(), page(invariant));
    }

    /// The page as it stands in the folder `invariants`; it is a part of the program.
    public static String page(Invariant invariant) {
        String resource = "/invariants/" + invariant.name() + ".md";
        try (InputStream in = InvariantsText.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no page " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first paragraph below the title, in one line.
    private static String statement(Invariant invariant) {
        return page(invariant)
                .lines()
                .dropWhile(line -> line.isBlank() || line.startsWith("#"))
                .takeWhile(line -> !line.isBlank())
                .map(String::strip)
                .reduce("", (all, line) -> all.isEmpty() ? line : all + " " + line);
    }
}
