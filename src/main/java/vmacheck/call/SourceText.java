package vmacheck.call;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// From the bytes of a file to lines of text, refusing what is no text.
public final class SourceText {
    /// A file with more bytes is refused.
    public static final int MOST_BYTES = 1 << 20;

    private static final String TEXT = "a history as UTF-8 text";

    private SourceText() {}

    /// @param file name for errors
    public static String decode(String file, byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw tooLarge(file);
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (end.isError()) {
            throw place(file, text.toString()).error("these bytes are not UTF-8", TEXT);
        }
        return text.toString();
    }

    /// That a file is larger than [#MOST_BYTES].
    public static ParseException tooLarge(String file) {
        return new Place(file, 1, 1).error("the file is too large", "at most " + MOST_BYTES + " bytes");
    }

    /// The first line that holds more than a comment.
    public static Option<Token> firstLine(String file, String text) {
        return lines(file, text).map(SourceText::withoutComment).find(line -> !line.isEmpty());
    }

    static Token withoutComment(Token line) {
        int comment = line.text().indexOf('#');
        return line.part(0, comment < 0 ? line.text().length() : comment);
    }

    static Vector<Token> lines(String file, String text) {
        int control = indexOfControl(text);
        if (control >= 0) {
            String problem = String.format("control character 0x%02x, so this is no text", (int) text.charAt(control));
            throw place(file, text.substring(0, control)).error(problem, TEXT);
        }
        return Vector.of(text.split("\n", -1)).zipWithIndex((line, i) -> new Token(new Place(file, i + 1, 1), line));
    }

    private static int indexOfControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean lineEnd = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (Character.isISOControl(c) && c != '\n' && c != '\t' && !lineEnd) {
                return i;
            }
        }
        return -1;
    }

    /// The place behind `text`.
    private static Place place(String file, String text) {
        int lines = (int) text.chars().filter(c -> c == '\n').count();
        return new Place(file, lines + 1, text.length() - text.lastIndexOf('\n'));
    }
}
