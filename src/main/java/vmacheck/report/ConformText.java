package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.Locale;
import vmacheck.call.HistoryPrinter;
import vmacheck.live.Aspect;
import vmacheck.live.Conform;
import vmacheck.live.ConformReport;
import vmacheck.live.Finding;
import vmacheck.report.ConformRun.Found;

/// What a comparison with a kernel found, for people.
public final class ConformText {
    private final StringBuilder out = new StringBuilder();
    private final ConformRun run;
    private final ConformReport report;

    private ConformText(ConformRun run) {
        this.run = run;
        report = run.report();
    }

    public static String print(ConformRun run) {
        return new ConformText(run).print();
    }

    private String print() {
        line(
                "%s %s %s%s.",
                report.rules(),
                report.agrees() ? "agrees with" : "differs from",
                report.kernel(),
                report.interrupted() ? ", as far as the comparison came before it was interrupted" : "");
        String seed = run.seed() == null ? "" : "seed " + run.seed() + ", ";
        line("  %s%,d histories, %,d steps", seed, report.histories(), report.steps());
        line("  compared: %s", report.aspects().map(ConformText::level).mkString(", "));
        report.notes().forEach(note -> line("  not compared: %s", note));
        report.explained()
                .forEach((reason, count) -> line("  explained: %s (%s)", reason, times(count, "time", "times")));
        report.counts().forEach((kind, count) -> line("  %s: %s", kind, times(count, "history", "histories")));
        run.findings().forEach(this::finding);
        if (report.tooMany()) {
            line("\n  It ended early: there are too many differences to go on.");
        }
        return out.toString();
    }

    private void finding(Found found) {
        line("\n  %s\n", found.finding().difference().sentence());
        HistoryPrinter.print(found.counterexample().transcript())
                .lines()
                .forEach(call -> out.append(call.isEmpty() ? "\n" : "    " + call + "\n"));
        remarks(found.finding()).forEach(remark -> line("\n  %s", remark));
        line("\n  Saved as %s", found.file());
    }

    private Vector<String> remarks(Finding finding) {
        Vector<String> remarks = Vector.empty();
        if (finding.again() == 0) {
            remarks = remarks.append(
                    String.format("It did not come again in %d more runs, so it is not shrunk.", Conform.RERUNS));
        } else if (finding.again() > 0 && finding.again() < Conform.RERUNS) {
            remarks = remarks.append(
                    String.format("It came again in %d of %d more runs.", finding.again(), Conform.RERUNS));
        }
        if (finding.again() > 0 && finding.stage() != Finding.Stage.SIMPLEST) {
            remarks = remarks.append("It may not be as simple as it could be: shrinking did not come to its end.");
        }
        return remarks;
    }

    private static String level(Aspect aspect) {
        return aspect.number() + " " + aspect.text();
    }

    private static String times(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
