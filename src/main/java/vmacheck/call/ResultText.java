package vmacheck.call;

import io.vavr.collection.Vector;
import vmacheck.model.Setup;

/// The text form of results: a number, a process (`P1`), the name of an errno or a signal, or for a page of a file that
/// was never written `F0[2]`: file and page.
public final class ResultText {
    private static final String FORMS =
            "a number, an unwritten file page such as F0[2], an errno name, SIGSEGV, SIGBUS or SIGKILL";
    private static final Vector<String> FAILURES = Vector.of(Errno.values()).map(Errno::name);
    private static final Vector<String> SIGNALS =
            Vector.of(Result.Signal.values()).map(Result.Signal::name);
    /// The token of page p of inode f, while nobody has written to it, is `(f + 1) * FILE_TOKENS + p`.
    private static final int FILE_TOKENS = 1_000_000;
    /// A machine starts with two inodes; F2 and F3 are F0 opened again, so nothing is read as `F2[0]`.
    private static final int INODES = 2;

    private ResultText() {}

    public static String print(Result result) {
        return switch (result) {
            case Result.Value(int value) -> printValue(value);
            case Result.Child(int process) -> "P" + process;
            case Result.Failure(Errno errno) -> errno.name();
            case Result.Fault(Result.Signal signal) -> signal.name();
        };
    }

    private static String printValue(int value) {
        int inode = value / FILE_TOKENS - 1;
        int page = value % FILE_TOKENS;
        boolean unwritten = 0 <= inode && inode < INODES && page < Setup.FILE_PAGES;
        return unwritten ? "F" + inode + "[" + page + "]" : Integer.toString(value);
    }

    /// The result of a fork, which can be the processes with numbers from `low` to `high`.
    static Result parseFork(Token token, int low, int high) {
        if (FAILURES.contains(token.text())) {
            return new Result.Failure(Errno.valueOf(token.text()));
        }
        String children = low == high ? "P" + low : "P" + low + " to P" + high;
        int child = processNumber(token.text());
        if (child < low || child > high) {
            String problem = token.isEmpty() ? "missing result" : "fork cannot give " + token.quoted() + " here";
            throw token.place().error(problem, children + " or an errno name");
        }
        return new Result.Child(child);
    }

    /// The result of any other call.
    static Result parse(Token token) {
        String text = token.text();
        if (FAILURES.contains(text)) {
            return new Result.Failure(Errno.valueOf(text));
        }
        if (SIGNALS.contains(text)) {
            return new Result.Fault(Result.Signal.valueOf(text));
        }
        if (text.startsWith("F") && text.contains("[") && text.endsWith("]")) {
            return parseFilePage(token);
        }
        if (text.isEmpty() || Character.isLetter(text.charAt(0))) {
            throw unknown(token);
        }
        return new Result.Value(token.number("result", 0, Integer.MAX_VALUE, FORMS));
    }

    private static Result parseFilePage(Token token) {
        int bracket = token.text().indexOf('[');
        int inode = token.part(1, bracket).number("file", 0, INODES - 1);
        int page = token.part(bracket + 1, token.text().length() - 1).number("file page", 0, Setup.FILE_PAGES - 1);
        return new Result.Value((inode + 1) * FILE_TOKENS + page);
    }

    private static ParseException unknown(Token token) {
        String hint = Nearest.to(token.text(), FAILURES.appendAll(SIGNALS))
                .map(name -> " (did you mean " + name + "?)")
                .getOrElse("");
        return token.place()
                .error(token.isEmpty() ? "missing result" : "unknown result " + token.quoted() + hint, FORMS);
    }

    /// The number of a process name, or -1 if it is none.
    static int processNumber(String name) {
        if (name.length() < 2 || name.length() > 8 || name.charAt(0) != 'P') {
            return -1;
        }
        String digits = name.substring(1);
        boolean plain =
                digits.chars().allMatch(c -> '0' <= c && c <= '9') && (digits.length() == 1 || !digits.startsWith("0"));
        return plain ? Integer.parseInt(digits) : -1;
    }
}
