package vmacheck.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Aspect;
import vmacheck.live.Difference;

/// What a comparison with a kernel found, for programs. They rely on the names of these components.
///
/// @param agrees      whether there is no unexplained difference
/// @param seed        null if the histories came from a recording
/// @param levels      that were compared
/// @param notCompared what was not, and why
/// @param explained   differences that are accounted for, by reason
/// @param counts      histories by kind of difference
public record ConformJson(
        String rules,
        String kernel,
        boolean agrees,
        @Nullable Long seed,
        double seconds,
        long steps,
        long histories,
        List<Integer> levels,
        List<String> notCompared,
        List<DifferenceJson> differences,
        Map<String, Long> counts,
        Map<String, Long> explained,
        boolean interrupted) {

    /// @param calls length of the shrunk history
    /// @param again in how many of five more runs it showed
    public record DifferenceJson(
            int level, String what, int calls, String file, String message, String model, String kernel, int again) {}

    public static ConformJson of(ConformRun run) {
        return new ConformJson(
                run.report().rules(),
                run.report().kernel(),
                run.report().agrees(),
                run.seed(),
                run.time().toMillis() / 1000.0,
                run.report().steps(),
                run.report().histories(),
                run.report().aspects().map(Aspect::number).asJava(),
                run.report().notes().asJava(),
                run.findings().map(ConformJson::difference).asJava(),
                run.report().counts().toJavaMap(),
                run.report().explained().toJavaMap(),
                run.report().interrupted());
    }

    private static DifferenceJson difference(ConformRun.Found found) {
        Difference difference = found.finding().difference();
        return new DifferenceJson(
                difference.aspect().number(),
                difference.what().text(),
                found.finding().history().size(),
                found.file(),
                difference.sentence(),
                difference.model(),
                difference.kernel(),
                found.finding().again());
    }
}
