package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.function.Function;

/// Boxes side by side on rows of at most [#COLUMNS]; those that touch in the address space share a side.
final class Shelf {
    static final int COLUMNS = 108;

    private static final int INDENT = 2;
    private static final int GAP = 3;

    private final StringBuilder out = new StringBuilder();
    private final Vector<Box> row;
    private final int headLines;
    private final int bodyLines;

    private Shelf(Vector<Box> row) {
        this.row = row;
        headLines = row.map(box -> box.head().size()).max().getOrElse(0);
        bodyLines = row.map(box -> box.body().size()).max().getOrElse(0);
    }

    static String draw(Vector<Box> boxes) {
        StringBuilder text = new StringBuilder();
        Vector<Box> row = Vector.empty();
        int used = INDENT;
        for (Box box : boxes) {
            int needed = box.width() + 2 + (row.isEmpty() ? 0 : GAP);
            if (!row.isEmpty() && used + needed > COLUMNS) {
                text.append(new Shelf(row).draw());
                row = Vector.empty();
                used = INDENT;
            }
            row = row.append(box);
            used += needed;
        }
        return row.isEmpty() ? "" : text.append(new Shelf(row).draw()).toString();
    }

    private String draw() {
        addresses();
        rule('┌', '┬', '┐');
        lines(headLines, Box::head);
        rule('├', '┼', '┤');
        lines(bodyLines, Box::body);
        rule('└', '┴', '┘');
        return out.toString();
    }

    /// The page number of each side stands above it.
    private void addresses() {
        StringBuilder line = new StringBuilder(" ".repeat(INDENT));
        for (int i = 0; i < row.size(); i++) {
            Box box = row.get(i);
            String start = Integer.toString(box.start());
            line.append(start).append(" ".repeat(Math.max(0, box.width() + 1 - start.length())));
            if (!touchesNext(i)) {
                String end = Integer.toString(box.end());
                line.append(end).append(" ".repeat(Math.max(1, GAP + 1 - end.length())));
            }
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private void rule(char left, char between, char right) {
        out.append(" ".repeat(INDENT));
        for (int i = 0; i < row.size(); i++) {
            Box box = row.get(i);
            out.append(i > 0 && touchesNext(i - 1) ? between : left)
                    .append((box.open() ? "┄" : "─").repeat(box.width()));
            if (!touchesNext(i)) {
                out.append(right).append(i + 1 < row.size() ? " ".repeat(GAP) : "");
            }
        }
        out.append('\n');
    }

    private void lines(int count, Function<Box, Vector<String>> part) {
        for (int line = 0; line < count; line++) {
            out.append(" ".repeat(INDENT));
            for (int i = 0; i < row.size(); i++) {
                Box box = row.get(i);
                Vector<String> texts = part.apply(box);
                String text = line < texts.size() ? texts.get(line) : "";
                // Room for the mark of a violation is left of the text: a marked line starts with it.
                out.append(side(box)).append(text.startsWith(SpaceDrawing.MARK) ? text : " " + text);
                int written = text.length() + (text.startsWith(SpaceDrawing.MARK) ? 0 : 1);
                out.append(" ".repeat(box.width() - written));
                if (!touchesNext(i)) {
                    out.append(side(box)).append(i + 1 < row.size() ? " ".repeat(GAP) : "");
                }
            }
            out.append('\n');
        }
    }

    private static String side(Box box) {
        return box.open() ? "┊" : "│";
    }

    private boolean touchesNext(int index) {
        return index + 1 < row.size()
                && row.get(index).end() == row.get(index + 1).start();
    }
}
