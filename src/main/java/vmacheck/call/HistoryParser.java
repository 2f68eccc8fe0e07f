package vmacheck.call;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import io.vavr.control.Option;
import vmacheck.model.Setup;

/// Reads histories: header lines `key: value`, then one call a line with its result after ` = ` if that is known.
/// `#` starts a comment. Throws [ParseException] and nothing else.
public final class HistoryParser {
    /// A text with more calls is refused.
    public static final int MOST_CALLS = 10_000;

    private static final Vector<String> SETUP_KEYS = Vector.of("pages", "max-map-count", "memlock", "commit-limit");

    private final Vector<String> keys;
    private LinkedHashMap<String, Token> header = LinkedHashMap.empty();
    private Setup setup = Setup.DEFAULT;
    private Vector<Call> calls = Vector.empty();
    private Vector<Option<Result>> results = Vector.empty();
    private int forks = 0;
    /// Forks that may have made a process, as far as their results are known, and the greatest number they gave.
    private int possibleChildren = 0;

    private int lastChild = 0;

    private HistoryParser(Vector<String> keys) {
        this.keys = keys;
    }

    /// The history that a text holds, for texts that come with the program.
    public static History history(String text) {
        return parse("history", text).history();
    }

    /// @param file name for errors
    public static Transcript parse(String file, String text) {
        return parse(file, text, Vector.empty()).transcript();
    }

    /// @param file name for errors
    /// @param keys header keys that may stand in the text besides those of the setup
    public static Document parse(String file, String text, Vector<String> keys) {
        HistoryParser parser = new HistoryParser(keys.appendAll(SETUP_KEYS));
        Place end = new Place(file, 1, 1);
        for (Token line : SourceText.lines(file, text)) {
            parser.line(line);
            end = line.place().right(line.text().length());
        }
        LinkedHashMap<String, Token> header = parser.header.filterKeys(keys::contains);
        return new Document(header, new Transcript(new History(parser.setup, parser.calls), parser.results), end);
    }

    private void line(Token whole) {
        Token line = SourceText.withoutComment(whole);
        if (line.isEmpty()) {
            return;
        }
        int colon = line.text().indexOf(':');
        if (colon < 0) {
            throw line.place().error("no \":\" in " + line.quoted(), "a call such as \"P0: munmap(1, 2)\"");
        }
        Token key = line.part(0, colon);
        Token rest = line.part(colon + 1, line.text().length());
        if (key.text().equals("env") || ResultText.processNumber(key.text()) >= 0) {
            call(key, rest);
        } else {
            header(key, rest);
        }
    }

    private void header(Token key, Token value) {
        if (!keys.contains(key.text())) {
            throw value.text().contains("(")
                    ? key.place().error("unknown process " + key.quoted(), "P0, P1, ... or env")
                    : key.unknown("key", keys);
        }
        if (!calls.isEmpty()) {
            throw key.place().error("key " + key.quoted() + " after a call", "all keys above the first call");
        }
        if (header.containsKey(key.text())) {
            throw key.place().error("key " + key.quoted() + " stands there twice", "each key once");
        }
        if (value.isEmpty()) {
            throw value.place().error("key " + key.quoted() + " has no value", "\"" + key.text() + ": VALUE\"");
        }
        header = header.put(key.text(), value);
        switch (key.text()) {
            case "pages" -> setup = setup.withPages(value.number("pages", Setup.FEWEST_PAGES, Setup.MOST_PAGES));
            case "max-map-count" -> setup = setup.withMaxMapCount(value.number("max-map-count", 1, Integer.MAX_VALUE));
            case "memlock" -> setup = setup.withMemlock(value.number("memlock", 0, Setup.UNLIMITED));
            case "commit-limit" -> setup = setup.withCommitLimit(value.number("commit-limit", 0, Setup.UNLIMITED));
            default -> {}
        }
    }

    private void call(Token actor, Token rest) {
        if (calls.size() == MOST_CALLS) {
            throw actor.place().error("too many calls", "at most " + MOST_CALLS);
        }
        int equals = rest.text().indexOf('=');
        Token body = rest.part(0, equals < 0 ? rest.text().length() : equals);
        Call call = new CallParser(setup, forks).parse(actor, body);
        if (call instanceof Call.Fork) {
            forks++;
            possibleChildren++;
        }
        calls = calls.append(call);
        results = results.append(
                equals < 0
                        ? Option.none()
                        : Option.of(
                                result(call, rest.part(equals + 1, rest.text().length()))));
    }

    private Result result(Call call, Token token) {
        if (!(call instanceof Call.Fork)) {
            return ResultText.parse(token);
        }
        Result result = ResultText.parseFork(token, lastChild + 1, possibleChildren);
        if (result instanceof Result.Child(int process)) {
            lastChild = process;
        } else {
            possibleChildren--;
        }
        return result;
    }
}
