package vmacheck.report;

import java.util.Locale;
import vmacheck.call.HistoryPrinter;
import vmacheck.invariant.Level;
import vmacheck.report.CheckRun.Ended;
import vmacheck.report.CheckRun.Finding;

/// What a search found, for people. It says nothing of time: a search with a seed and a number of histories prints the
/// same whenever and wherever it runs.
public final class CheckText {
    private CheckText() {}

    public static String print(CheckRun run) {
        StringBuilder text = new StringBuilder(headline(run));
        text.append(String.format(
                Locale.ROOT, "  seed %d, %,d histories, %,d steps\n", run.seed(), run.histories(), run.steps()));
        run.findings().forEach(finding -> text.append(finding(finding)));
        return text.toString();
    }

    private static String headline(CheckRun run) {
        String violated = run.findings()
                .filter(finding -> finding.level() == Level.SAFETY)
                .map(finding -> finding.counterexample().violates())
                .distinct()
                .mkString(", ");
        String until = run.ended() == Ended.INTERRUPTED ? ", as far as it came before it was interrupted" : "";
        return run.rules() + (violated.isEmpty() ? " holds" + until + ".\n" : " violates " + violated + until + ".\n");
    }

    private static String finding(Finding finding) {
        var counterexample = finding.counterexample();
        String advice = finding.level() == Level.ADVICE ? " (advice, no failure)" : "";
        String calls = HistoryPrinter.print(counterexample.transcript())
                .lines()
                .map(line -> line.isEmpty() ? "" : "    " + line)
                .reduce("", (all, line) -> all + line + "\n");
        return "\n  " + counterexample.violates() + advice + ": " + finding.message() + "\n\n" + calls + "\n  "
                + (finding.times() == 1 ? "found once" : "found " + finding.times() + " times") + ", saved; to see it: "
                + "./vmacheck replay --draw " + quoted(finding.file()) + "\n";
    }

    /// As a shell reads it.
    private static String quoted(String file) {
        return file.matches("[A-Za-z0-9_./+@%-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }
}
