package vmacheck.call;

/// Where something stands in a text; line and column count from 1.
public record Place(String file, int line, int column) {
    /// An error at this place, for example `unknown flag "fix"` and `one of shared, private`.
    public ParseException error(String problem, String expected) {
        return new ParseException(this, problem, expected);
    }

    Place right(int columns) {
        return new Place(file, line, column + columns);
    }

    /// `FILE:LINE:COLUMN`, as compilers write it.
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
