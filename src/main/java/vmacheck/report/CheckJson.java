package vmacheck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What searches found, for programs. They rely on the names of these components: they stay as they are.
public record CheckJson(List<RunJson> runs) {

    /// @param counts   by invariant: histories that violate it, and for advice steps
    /// @param coverage every counter by name, if it was asked for
    public record RunJson(
            String rules,
            long seed,
            double seconds,
            long steps,
            long histories,
            List<FoundJson> violations,
            Map<String, Long> counts,
            boolean interrupted,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Long> coverage) {}

    /// @param calls length of the shrunk history
    /// @param file  where it is saved, or null for advice, which is not
    public record FoundJson(
            String invariant,
            String level,
            int calls,
            @Nullable String file,
            String message) {}

    public static CheckJson of(Vector<CheckRun> runs, boolean coverage) {
        return new CheckJson(runs.map(run -> run(run, coverage)).asJava());
    }

    private static RunJson run(CheckRun run, boolean coverage) {
        return new RunJson(
                run.rules(),
                run.seed(),
                run.time().toMillis() / 1000.0,
                run.steps(),
                run.histories(),
                run.findings().appendAll(run.advice()).map(CheckJson::found).asJava(),
                run.counts().toJavaMap(),
                run.interrupted(),
                coverage ? coverage(run) : null);
    }

    private static FoundJson found(CheckRun.Found found) {
        int calls = found.counterexample().history().size();
        return new FoundJson(found.invariant(), found.level().text(), calls, found.file(), found.message());
    }

    private static Map<String, Long> coverage(CheckRun run) {
        Map<String, Long> counters = new LinkedHashMap<>();
        run.coverage().counters().forEach(counter -> counters.put(counter._1, counter._2));
        return counters;
    }
}
