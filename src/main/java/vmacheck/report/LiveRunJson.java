package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.live.Aspect;
import vmacheck.live.Difference;
import vmacheck.live.LiveReplay;
import vmacheck.live.Observed;
import vmacheck.report.LiveRun.Played;

/// Files replayed on a kernel, for programs. They rely on the names of these components.
///
/// @param levels      that were compared
/// @param notCompared what was not, and why
public record LiveRunJson(String kernel, List<Integer> levels, List<String> notCompared, List<PlayedFile> files) {

    /// @param agrees    whether kernel and model agree, and with the results in the file
    /// @param notSet    lines of the file's head that this kernel cannot be told
    /// @param explained why the kernel did something else in another run, or null
    /// @param again     in how many of five more runs the first difference showed, or null if there is none
    public record PlayedFile(
            String file,
            String rules,
            boolean agrees,
            List<String> notSet,
            @Nullable String explained,
            @Nullable Integer again,
            List<PlayedCall> calls) {}

    /// @param instead    the call in the file, if this kernel cannot do it and `text` was asked for; otherwise null
    /// @param result     the kernel's, or null if it did not come so far
    /// @param model      the model's result
    /// @param expected   the result that the file says, if it says another one than the kernel
    /// @param difference the first one, or null
    /// @param processes  what the kernel showed
    public record PlayedCall(
            String text,
            @Nullable String instead,
            @Nullable String result,
            String model,
            @Nullable String expected,
            @Nullable DifferenceJson difference,
            Map<String, PlayedProcess> processes) {}

    /// @param process whose memory differs, or null
    /// @param page    of that memory, or null
    public record DifferenceJson(
            int level,
            String what,
            @Nullable String process,
            @Nullable Integer page,
            String model,
            String kernel) {}

    /// What was not observed is null.
    public record PlayedProcess(
            @Nullable List<Observed.Mapping> vmas,
            @Nullable Map<Integer, PlayedPage> pages,
            Observed.@Nullable Accounting accounting) {}

    /// @param frame the number of the physical page, or null if the kernel does not tell
    public record PlayedPage(
            String state, @Nullable Long value, @Nullable Long frame) {}

    public static LiveRunJson of(LiveRun run) {
        return new LiveRunJson(
                run.kernel(),
                run.aspects().map(Aspect::number).asJava(),
                run.notes().asJava(),
                run.files().map(LiveRunJson::file).asJava());
    }

    private static PlayedFile file(Played played) {
        LiveReplay replay = played.replay();
        return new PlayedFile(
                played.file(),
                replay.rules().name(),
                played.agrees(),
                replay.unsetLimits().asJava(),
                replay.explained(),
                replay.again() < 0 ? null : replay.again(),
                Vector.range(0, replay.steps().size())
                        .map(index -> call(played, index))
                        .asJava());
    }

    private static PlayedCall call(Played played, int index) {
        LiveReplay replay = played.replay();
        Map<String, PlayedProcess> processes = new LinkedHashMap<>();
        replay.seen(index)
                .forEach(seen -> seen.processes()
                        .forEach(process -> processes.put(Names.process(process.number()), process(process))));
        return new PlayedCall(
                CallText.print(replay.steps().get(index).call()),
                replay.replaced(index).map(CallText::print).getOrNull(),
                replay.seen(index).isDefined() ? played.result(index) : null,
                ResultText.print(replay.steps().get(index).result()),
                played.contradiction(index).map(ResultText::print).getOrNull(),
                replay.differences().get(index).map(LiveRunJson::difference).getOrNull(),
                processes);
    }

    private static DifferenceJson difference(Difference difference) {
        return new DifferenceJson(
                difference.aspect().number(),
                difference.what().text(),
                difference.process() < 0 ? null : Names.process(difference.process()),
                difference.page() < 0 ? null : difference.page(),
                difference.model(),
                difference.kernel());
    }

    private static PlayedProcess process(Observed.Process process) {
        List<Observed.Page> seen = process.pages();
        Map<Integer, PlayedPage> pages = null;
        if (seen != null) {
            pages = new TreeMap<>();
            for (Observed.Page page : seen) {
                pages.put(page.page(), page(page));
            }
        }
        return new PlayedProcess(process.vmas(), pages, process.accounting());
    }

    private static PlayedPage page(Observed.Page page) {
        return new PlayedPage(
                page.state().name().toLowerCase(Locale.ROOT), page.value(), page.frame() == 0 ? null : page.frame());
    }
}
