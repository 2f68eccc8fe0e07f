package vmacheck.live;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import vmacheck.kernel.Kernel;
import vmacheck.live.Finding.Stage;
import vmacheck.rules.Rules;

/// Compares the model with a recording. There is nobody to ask again, so what differs is cut off behind the difference
/// and not shrunk, and only the first history of each kind of difference is kept.
public final class Against {
    private final Kernel kernel;
    private final RecordingReader recording;
    private final Set<Aspect> aspects;
    private final ConformListener listener;
    private volatile boolean interrupted;

    /// @param aspects what to compare of what was recorded
    public Against(Rules rules, RecordingReader recording, Set<Aspect> aspects, ConformListener listener) {
        kernel = new Kernel(rules);
        this.recording = recording;
        this.aspects = EnumSet.copyOf(aspects);
        this.aspects.retainAll(recording.aspects());
        this.listener = listener;
    }

    /// Makes [#run] return soon, with all that was found. For any thread.
    public void interrupt() {
        interrupted = true;
    }

    /// @throws RecordingException if the recording is damaged
    public ConformReport run() {
        Comparison comparison = new Comparison(aspects, recording.kernel().frames());
        Map<String, Long> counts = new TreeMap<>();
        List<Finding> findings = new ArrayList<>();
        long histories = 0;
        RecordingReader.Recorded recorded = recording.read();
        while (recorded != null && !interrupted) {
            Run run = Run.of(kernel, histories++, recorded.history());
            Difference difference = comparison.compare(run.steps(), recorded.observed());
            if (difference != null) {
                if (counts.merge(difference.kind(), 1L, Long::sum) == 1) {
                    Finding finding = new Finding(
                            findings.size(),
                            run.index(),
                            run.upTo(difference.step()),
                            difference,
                            Finding.NOT_RUN,
                            Stage.RAW);
                    findings.add(finding);
                    listener.found(finding);
                }
            }
            listener.progress(new ConformListener.Progress(histories, comparison.steps(), findings.size(), false));
            recorded = recording.read();
        }
        return new ConformReport(
                recording.kernel().name(),
                kernel.rules().name(),
                Vector.ofAll(aspects),
                recording.kernel().notes(aspects),
                histories,
                comparison.steps(),
                Vector.ofAll(findings),
                LinkedHashMap.ofAll(counts),
                LinkedHashMap.empty(),
                false,
                interrupted);
    }
}
