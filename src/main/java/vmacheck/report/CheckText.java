package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.Locale;
import java.util.Objects;
import vmacheck.call.HistoryPrinter;
import vmacheck.report.CheckRun.Found;

/// What a search found, for people. It says nothing of time: a search with a seed and a number of histories prints the
/// same whenever and wherever it runs.
public final class CheckText {
    private final StringBuilder out = new StringBuilder();
    private final CheckRun run;

    private CheckText(CheckRun run) {
        this.run = run;
    }

    public static String print(CheckRun run, boolean coverage) {
        return new CheckText(run).print(coverage);
    }

    private String print(boolean coverage) {
        Vector<String> violated = run.findings().map(Found::invariant).distinct();
        out.append(run.rules())
                .append(violated.isEmpty() ? " holds" : " violates " + violated.mkString(", "))
                .append(run.interrupted() ? ", as far as the search came before it was interrupted.\n" : ".\n");
        line("  seed %d, %,d histories, %,d steps", run.seed(), run.histories(), run.steps());
        violated.forEach(name -> line("  %s: %s", name, times(count(name), "history", "histories")));
        sameHistory(run.findings()).forEach(this::findings);
        run.advice().forEach(this::advice);
        if (coverage) {
            out.append('\n').append(run.coverage().table());
        }
        return out.toString();
    }

    /// One history can violate several invariants: it is shown once.
    private static Vector<Vector<Found>> sameHistory(Vector<Found> findings) {
        return Vector.ofAll(
                findings.groupBy(found -> found.counterexample().history()).values());
    }

    private void findings(Vector<Found> findings) {
        out.append('\n');
        findings.forEach(found -> line("  %s: %s", found.invariant(), found.message()));
        out.append('\n');
        HistoryPrinter.print(findings.head().counterexample().transcript())
                .lines()
                .forEach(call -> out.append(call.isEmpty() ? "\n" : "    " + call + "\n"));
        if (!findings.forAll(Found::shrunk)) {
            line("\n  There may be a simpler one: the search for it did not come to its end.");
        }
        Vector<String> files = findings.map(Found::file).filter(Objects::nonNull);
        if (files.nonEmpty()) {
            line("\n  Saved. To see it: ./vmacheck replay --draw %s", quoted(files.head()));
            files.tail().forEach(file -> line("  Also as %s", quoted(file)));
        }
    }

    private void advice(Found found) {
        line("\n  Advice, no failure (--strict makes it one): %s, %s.", found.invariant(), steps(found));
        line("  For example: %s", found.message());
    }

    private String steps(Found found) {
        return times(count(found.invariant()), "step", "steps");
    }

    private long count(String invariant) {
        return run.counts().getOrElse(invariant, 0L);
    }

    private static String times(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    /// As a shell reads it.
    private static String quoted(String file) {
        return file.matches("[A-Za-z0-9_./+@%-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }
}
