package vmacheck.call;

import io.vavr.collection.Seq;
import io.vavr.collection.Vector;

/// A piece of a text and where it starts.
public record Token(Place place, String text) {
    private static final int LONGEST_QUOTE = 40;

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /// The text in quotes, fit for a message of one line: shortened, with question marks for what a terminal would not
    /// show as a character.
    public String quoted() {
        String part = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
        return '"' + part.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?") + '"';
    }

    /// That this is none of the `known` names of a `kind` of thing, with the one that was probably meant.
    public ParseException unknown(String kind, Seq<String> known) {
        String hint = Nearest.to(text, known)
                .map(name -> " (did you mean " + name + "?)")
                .getOrElse("");
        String problem = isEmpty() ? "missing " + kind : "unknown " + kind + " " + quoted() + hint;
        return place.error(problem, (known.size() == 1 ? "" : "one of ") + known.mkString(", "));
    }

    /// The decimal number that this token is, at least `low` and at most `high`. `name` says what it counts.
    public int number(String name, int low, int high) {
        return number(name, low, high, low + " to " + high);
    }

    /// The same with other words for what was expected.
    public int number(String name, int low, int high, String expected) {
        if (isEmpty()) {
            throw place.error("missing " + name, expected);
        }
        int sign = text.charAt(0) == '-' ? 1 : 0;
        if (text.length() == sign || !text.chars().skip(sign).allMatch(c -> '0' <= c && c <= '9')) {
            throw place.error(name + " " + quoted() + " is not a number", expected);
        }
        // Ten digits hold every int; what is longer, or does not fit, is out of range in any case.
        long number = text.length() > 11 ? Long.MAX_VALUE : Long.parseLong(text);
        if (number < low || number > high) {
            throw place.error(name + " " + quoted().replace("\"", "") + " is out of range", expected);
        }
        return (int) number;
    }

    Token trimmed() {
        String head = text.stripLeading();
        return new Token(place.right(text.length() - head.length()), head.stripTrailing());
    }

    /// The text from one index to another, as a token without spaces around it.
    Token part(int from, int to) {
        return new Token(place.right(from), text.substring(from, to)).trimmed();
    }

    /// The parts between separators, at least one.
    public Vector<Token> split(char separator) {
        Vector<Token> parts = Vector.empty();
        int from = 0;
        for (int to = text.indexOf(separator); to >= 0; to = text.indexOf(separator, from)) {
            parts = parts.append(part(from, to));
            from = to + 1;
        }
        return parts.append(part(from, text.length()));
    }
}
