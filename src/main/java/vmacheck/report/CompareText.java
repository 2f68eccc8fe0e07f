package vmacheck.report;

import io.vavr.collection.TreeSet;
import io.vavr.collection.Vector;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.compare.Aspect;
import vmacheck.check.compare.CompareReport;
import vmacheck.check.compare.Difference;
import vmacheck.check.compare.Tally;
import vmacheck.rules.Refusal;

/// Rules side by side, for people. It says nothing of time: the same seed and number of histories print the same.
public final class CompareText {
    /// What each kind of merge joins, in the order of their numbers (comment at `vma_merge`).
    static final Vector<String> MERGES = Vector.of(
            "1 new range, between two VMAs",
            "2 new range, with the previous VMA",
            "3 new range, with the next VMA",
            "4 end of a VMA, with the next VMA",
            "5 start of a VMA, with the previous VMA",
            "6 whole VMA, between two VMAs",
            "7 whole VMA, with the previous VMA",
            "8 whole VMA, with the next VMA");

    private static final int LABEL = 42;
    private static final int NARROWEST = 12;

    private final CompareReport report;
    private final Vector<Integer> widths;
    private final StringBuilder out = new StringBuilder();

    private CompareText(CompareReport report) {
        this.report = report;
        widths = report.rules().map(name -> Math.max(NARROWEST, name.length() + 2));
    }

    public static String print(CompareReport report) {
        return new CompareText(report).print();
    }

    private String print() {
        line(
                "Seed %d, %,d histories of %d calls%s.",
                report.seed(),
                report.histories(),
                report.length(),
                report.interrupted() ? ", as far as it came before it was interrupted" : "");
        row("\n", report.rules());
        counts("histories that violate something", tally -> sum(tally.violations()));
        TreeSet.ofAll(report.tallies().flatMap(tally -> tally.violations().keySet()))
                .forEach(name -> counts("  " + name, tally -> tally.violations().getOrDefault(name, 0L)));
        counts("merges", Tally::merges);
        for (int i = 0; i < MERGES.size(); i++) {
            int kind = i + 1;
            counts("  " + MERGES.get(i), tally -> tally.merges(kind));
        }
        counts(
                "refused by this condition first",
                tally -> refusals().map(tally::refusals).sum().longValue());
        refusals().forEach(refusal -> counts("  " + text(refusal), tally -> tally.refusals(refusal)));
        averages("VMAs at the end, on average", Tally::vmasAtEnd);
        averages("VMAs at the peak, on average", Tally::vmasAtPeak);
        averages("anon_vmas alive at the end, on average", Tally::anonVmasAtEnd);
        counts("pages rewritten, other than by accesses", Tally::pagesRewritten);
        counts("pages looked at to decide", Tally::pagesLookedAt);
        report.rules().tail().forEach(this::differences);
        return out.toString();
    }

    /// The conditions that ever refused, in the order of the tests.
    private Vector<Refusal> refusals() {
        return conditions().filter(refusal -> report.tallies().exists(tally -> tally.refusals(refusal) > 0));
    }

    /// Refusals for want of a neighbour are none.
    static Vector<Refusal> conditions() {
        return Vector.of(Refusal.values())
                .filter(refusal -> refusal != Refusal.NO_NEIGHBOUR && refusal != Refusal.INSIDE);
    }

    static String text(Refusal refusal) {
        return refusal.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void differences(String other) {
        line("\nHow user space can tell %s from %s:", report.rules().head(), other);
        for (Aspect aspect : Aspect.values()) {
            report.differences()
                    .find(difference -> difference.other().equals(other) && difference.aspect() == aspect)
                    .peek(this::difference)
                    .onEmpty(() -> line("\n  by %s: not in any of these histories", aspect.text()));
        }
    }

    private void difference(Difference difference) {
        line("\n  by %s, in %,d of these histories:", difference.aspect().text(), difference.histories());
        line("  %s\n", difference.message());
        HistoryPrinter.print(difference.history())
                .lines()
                .forEach(call -> out.append(call.isEmpty() ? "\n" : "    " + call + "\n"));
        if (!difference.shrunk()) {
            line("\n  It may not be as simple as it could be: shrinking did not come to its end.");
        }
    }

    private void counts(String label, Function<Tally, Long> count) {
        row(label, report.tallies().map(tally -> String.format(Locale.ROOT, "%,d", count.apply(tally))));
    }

    private void averages(String label, Function<Tally, Long> sum) {
        double histories = Math.max(1, report.histories());
        row(label, report.tallies().map(tally -> String.format(Locale.ROOT, "%.2f", sum.apply(tally) / histories)));
    }

    private void row(String label, Vector<String> cells) {
        out.append(label).append(" ".repeat(Math.max(1, LABEL - label.strip().length() - indent(label))));
        for (int i = 0; i < cells.size(); i++) {
            out.append(" ".repeat(Math.max(1, widths.get(i) - cells.get(i).length())))
                    .append(cells.get(i));
        }
        out.append('\n');
    }

    private static int indent(String label) {
        return label.startsWith("  ") ? 2 : 0;
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
