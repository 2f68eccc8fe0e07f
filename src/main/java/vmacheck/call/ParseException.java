package vmacheck.call;

/// A text that is no history: the only thing that the parsers throw. Its message is one line that says where, what is
/// wrong, and what would be right.
public final class ParseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final String problem;
    private final String expected;

    ParseException(Place place, String problem, String expected) {
        super(place + ": " + problem + "; expected " + expected);
        this.place = place;
        this.problem = problem;
        this.expected = expected;
    }

    public Place place() {
        return place;
    }

    public String problem() {
        return problem;
    }

    public String expected() {
        return expected;
    }
}
