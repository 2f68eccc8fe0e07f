package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.Locale;
import java.util.Objects;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.Finding;
import vmacheck.check.necessity.Reason;

/// Which conditions of a merge are needed, for people: as text, and as a part of the documentation.
public final class NecessityText {
    /// @param rules       whose conditions they are
    /// @param files       where each finding is saved, by condition
    /// @param interrupted whether someone ended it before all conditions were tried
    public record Table(String rules, long seed, Vector<Reason> reasons, Vector<String> files, boolean interrupted) {
        Vector<Reason> needed() {
            return reasons.filter(reason -> reason.finding() != null);
        }
    }

    private static final String LINE = "%-40s %-9s %s%n";

    private NecessityText() {}

    public static String print(Table table) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%s, seed %d: each condition of a merge dropped in turn%s.%n%n",
                table.rules(),
                table.seed(),
                table.interrupted() ? ", as far as it came before it was interrupted" : ""));
        for (int i = 0; i < table.reasons().size(); i++) {
            Reason reason = table.reasons().get(i);
            Finding finding = reason.finding();
            String condition = reason.weakening().condition();
            if (finding == null) {
                out.append(String.format(LINE, condition, "not seen", searched(reason)));
            } else {
                out.append(String.format(
                        LINE,
                        condition,
                        "needed",
                        finding.invariant() + ", " + calls(finding) + ": "
                                + table.files().get(i)));
            }
        }
        for (Reason reason : table.needed()) {
            Finding finding = Objects.requireNonNull(reason.finding());
            out.append(String.format(
                    "%nWithout %s, %s: %s%n%n",
                    reason.weakening().condition(),
                    finding.invariant(),
                    finding.violation().message()));
            HistoryPrinter.print(finding.history())
                    .lines()
                    .forEach(call -> out.append(call.isEmpty() ? "\n" : "    " + call + "\n"));
            if (finding.stage() != Finding.Stage.SIMPLEST) {
                out.append("\n  It may not be as simple as it could be: shrinking did not come to its end.\n");
            }
        }
        return out.toString();
    }

    private static String calls(Finding finding) {
        int calls = finding.history().size();
        return calls == 1 ? "1 call" : calls + " calls";
    }

    private static String searched(Reason reason) {
        String steps = String.format(Locale.ROOT, "%,d steps", reason.steps());
        return reason.moreMerges() == 0
                ? "it never kept anything apart in " + steps
                : String.format(
                        Locale.ROOT,
                        "no violation in %s, in which it kept %,d neighbours apart",
                        steps,
                        reason.moreMerges());
    }

    /// A section of a Markdown document.
    public static String markdown(Table table) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "## %s%n%n| condition | without it merges | needed | shortest history that shows it |%n"
                        + "|---|---|---|---|%n",
                table.rules()));
        for (Reason reason : table.reasons()) {
            out.append("| `" + reason.weakening().condition() + "` | "
                    + reason.weakening().dropped() + " | ");
            Finding finding = reason.finding();
            if (finding == null) {
                out.append("not seen: " + searched(reason) + " | |\n");
            } else {
                String history = HistoryPrinter.print(finding.history())
                        .lines()
                        .filter(line -> !line.isEmpty())
                        .map(line -> "`" + line.replace("|", "\\|") + "`")
                        .collect(java.util.stream.Collectors.joining("<br>"));
                out.append(reason.violated().mkString(", ") + " | " + history + "<br>"
                        + finding.violation().message().replace("|", "\\|") + " |\n");
            }
        }
        return out.toString();
    }
}
