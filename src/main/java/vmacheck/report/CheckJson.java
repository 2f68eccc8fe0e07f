package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What searches found, for programs. They rely on the names of these components: they stay as they are.
public record CheckJson(List<RunJson> runs) {

    public record RunJson(
            String rules, long seed, double seconds, long steps, long histories, List<FoundJson> violations) {}

    /// @param calls length of the shrunk history
    /// @param file  where it is saved
    public record FoundJson(
            @Nullable String invariant, String level, int calls, String file, String message, long times) {}

    public static CheckJson of(Vector<CheckRun> runs) {
        return new CheckJson(runs.map(CheckJson::run).asJava());
    }

    private static RunJson run(CheckRun run) {
        return new RunJson(
                run.rules(),
                run.seed(),
                run.time().toMillis() / 1000.0,
                run.steps(),
                run.histories(),
                run.findings()
                        .map(finding -> new FoundJson(
                                finding.counterexample().violates(),
                                finding.level().text(),
                                finding.counterexample().history().size(),
                                finding.file(),
                                finding.message(),
                                finding.times()))
                        .asJava());
    }
}
