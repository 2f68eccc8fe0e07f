package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.compare.Aspect;
import vmacheck.check.compare.CompareReport;
import vmacheck.check.compare.Tally;
import vmacheck.rules.Refusal;

/// Rules side by side, for programs. They rely on the names of these components: they stay as they are.
///
/// @param length calls in a history
public record CompareJson(
        long seed,
        int length,
        long histories,
        boolean interrupted,
        List<RulesJson> rules,
        List<DifferenceJson> differences) {

    /// @param merges         done, by number of the kind from 1 to 8
    /// @param refused        by the first condition that refused
    /// @param vmasAtEnd      sum over all histories, as are the next three
    /// @param violations     by invariant: histories that violate it first of all
    public record RulesJson(
            String rules,
            Map<String, Long> merges,
            Map<String, Long> refused,
            long vmasAtEnd,
            long vmasAtPeak,
            long anonVmasAtEnd,
            long pagesRewritten,
            long pagesLookedAt,
            Map<String, Long> violations) {}

    /// One for each kind of difference and each rules but the first.
    ///
    /// @param kind      `result`, `layout`, `mapping`, `flags`, `contents` or `accounting`
    /// @param histories in how many they differ; 0 if there is none of this kind
    /// @param calls     number of calls of the shortest history
    /// @param history   that history, as in a file
    public record DifferenceJson(
            List<String> rules,
            String kind,
            long histories,
            int calls,
            @Nullable String history,
            @Nullable String message,
            boolean shrunk) {}

    public static CompareJson of(CompareReport report) {
        Vector<RulesJson> rules = report.rules().zipWith(report.tallies(), CompareJson::rules);
        Vector<DifferenceJson> differences = report.rules()
                .tail()
                .flatMap(other -> Vector.of(Aspect.values()).map(aspect -> difference(report, other, aspect)));
        return new CompareJson(
                report.seed(),
                report.length(),
                report.histories(),
                report.interrupted(),
                rules.asJava(),
                differences.asJava());
    }

    private static RulesJson rules(String name, Tally tally) {
        Map<String, Long> merges = new LinkedHashMap<>();
        for (int kind = 1; kind <= CompareText.MERGES.size(); kind++) {
            merges.put(String.valueOf(kind), tally.merges(kind));
        }
        Map<String, Long> refused = new LinkedHashMap<>();
        for (Refusal refusal : CompareText.conditions()) {
            refused.put(CompareText.text(refusal).replace(' ', '-'), tally.refusals(refusal));
        }
        return new RulesJson(
                name,
                merges,
                refused,
                tally.vmasAtEnd(),
                tally.vmasAtPeak(),
                tally.anonVmasAtEnd(),
                tally.pagesRewritten(),
                tally.pagesLookedAt(),
                tally.violations());
    }

    private static DifferenceJson difference(CompareReport report, String other, Aspect aspect) {
        List<String> names = List.of(report.rules().head(), other);
        return report.differences()
                .find(found -> found.other().equals(other) && found.aspect() == aspect)
                .map(found -> new DifferenceJson(
                        names,
                        aspect.key(),
                        found.histories(),
                        found.history().size(),
                        HistoryPrinter.print(found.history()),
                        found.message(),
                        found.shrunk()))
                .getOrElse(() -> new DifferenceJson(names, aspect.key(), 0, 0, null, null, false));
    }
}
