package vmacheck.counterexample;

import io.vavr.collection.Map;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Document;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.call.Place;
import vmacheck.call.SourceText;
import vmacheck.call.Token;

/// The text form of counterexamples: the format version, `key: value` lines, an empty line, the history.
public final class CounterexampleText {
    /// The format that is written. Files of every format from 1 on can be read.
    public static final int FORMAT = 1;

    private static final String FORMAT_KEY = "vmacheck";
    private static final Vector<String> KEYS = Vector.of(FORMAT_KEY, "rules", "violates", "found", "holds");

    private CounterexampleText() {}

    public static String print(Counterexample counterexample) {
        String holds = counterexample.holds().mkString(", ");
        String setup = HistoryPrinter.printSetup(counterexample.history().setup());
        String header = counterexample.hasHeader()
                ? line(FORMAT_KEY, String.valueOf(FORMAT))
                        + line("rules", counterexample.rules())
                        + line("violates", counterexample.violates())
                        + line("found", counterexample.found())
                        + line("holds", holds.isEmpty() ? null : holds)
                : "";
        String separator = header.isEmpty() && setup.isEmpty() ? "" : "\n";
        return header + setup + separator + HistoryPrinter.printCalls(counterexample.transcript());
    }

    private static String line(String key, @Nullable String value) {
        return value == null ? "" : key + ": " + value + "\n";
    }

    /// @param file name for errors
    /// @throws ParseException if the bytes are no counterexample, and nothing else
    public static Counterexample parse(String file, byte[] bytes) {
        return parse(file, SourceText.decode(file, bytes));
    }

    /// @param file name for errors
    /// @throws ParseException if the text is no counterexample, and nothing else
    public static Counterexample parse(String file, String text) {
        Option<Token> first = SourceText.firstLine(file, text);
        // What follows in a newer format may be unlike anything known here, so that must not be the error.
        first.forEach(CounterexampleText::requireKnownFormat);
        Document document = HistoryParser.parse(file, text, KEYS);
        Map<String, Token> header = document.header();
        requireFormatFirst(header, first);
        requireComplete(document, text);
        return new Counterexample(
                text(header, "rules"),
                text(header, "violates"),
                text(header, "found"),
                header.get("holds").map(CounterexampleText::names).getOrElse(Vector.empty()),
                document.transcript());
    }

    private static void requireKnownFormat(Token line) {
        Vector<Token> parts = line.split(':');
        if (parts.head().text().equals(FORMAT_KEY) && parts.size() == 2) {
            Token version = parts.last();
            if (!version.text().equals(String.valueOf(FORMAT))) {
                throw version.place()
                        .error("unsupported format version " + version.quoted(), FORMAT + ", or a newer vmacheck");
            }
        }
    }

    private static void requireFormatFirst(Map<String, Token> header, Option<Token> firstLine) {
        if (header.isEmpty()) {
            return;
        }
        boolean atTop = firstLine.exists(line -> header.get(FORMAT_KEY)
                .exists(format -> format.place().line() == line.place().line()));
        if (!atTop) {
            Place place = firstLine.map(Token::place).getOrElse(header.head()._2.place());
            throw place.error("no format version", "\"" + FORMAT_KEY + ": " + FORMAT + "\" above all other lines");
        }
    }

    /// What vmacheck writes ends with a line end. A file that was cut short mostly does not.
    private static void requireComplete(Document document, String text) {
        if (document.transcript().history().calls().isEmpty()) {
            throw document.end().error("no call in the whole file", "a call such as \"P0: munmap(1, 2)\"");
        }
        if (!document.header().isEmpty() && !text.endsWith("\n")) {
            throw document.end().error("the last line is not complete", "a line end; was the file cut short?");
        }
    }

    private static @Nullable String text(Map<String, Token> header, String key) {
        return header.get(key).map(Token::text).getOrNull();
    }

    private static Vector<String> names(Token list) {
        return list.split(',').map(name -> {
            if (name.isEmpty()) {
                throw name.place().error("a name is missing", "names of rules with commas between them");
            }
            return name.text();
        });
    }
}
