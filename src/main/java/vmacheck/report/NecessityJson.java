package vmacheck.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.Finding;
import vmacheck.check.necessity.Reason;

/// Which conditions of a merge are needed, for programs. They rely on the names of these components: they stay.
public record NecessityJson(String rules, long seed, boolean interrupted, List<ConditionJson> conditions) {

    /// @param needed     whether a history violates something without the condition, and nothing with it
    /// @param invariant  that this history violates, with what follows null if there is none
    /// @param violated   all invariants that were violated without it
    /// @param calls      length of that history
    /// @param steps      that were run without the condition
    /// @param moreMerges how many neighbours it kept apart meanwhile; 0 if it never came up
    public record ConditionJson(
            String condition,
            String dropped,
            boolean needed,
            @Nullable String invariant,
            List<String> violated,
            int calls,
            @Nullable String history,
            @Nullable String message,
            @Nullable String file,
            long steps,
            long moreMerges) {}

    public static NecessityJson of(NecessityText.Table table) {
        return new NecessityJson(
                table.rules(),
                table.seed(),
                table.interrupted(),
                table.reasons().zipWith(table.files(), NecessityJson::condition).asJava());
    }

    private static ConditionJson condition(Reason reason, String file) {
        Finding finding = reason.finding();
        return new ConditionJson(
                reason.weakening().condition(),
                reason.weakening().dropped(),
                finding != null,
                finding == null ? null : finding.invariant(),
                reason.violated().asJava(),
                finding == null ? 0 : finding.history().size(),
                finding == null ? null : HistoryPrinter.print(finding.history()),
                finding == null ? null : finding.violation().message(),
                finding == null ? null : file,
                reason.steps(),
                reason.moreMerges());
    }
}
