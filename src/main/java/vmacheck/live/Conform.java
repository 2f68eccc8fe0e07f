package vmacheck.live;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.kernel.Kernel;
import vmacheck.rules.Rules;

/// Runs random histories on a kernel and on the model and compares them after every call. What differs is shrunk.
///
/// While the kernel runs one batch the model makes the next one. Which histories there are depends on the seed alone,
/// and they are compared in their order, so a kernel that always does the same gives the same report.
public final class Conform {
    /// How often a history that differs is run again.
    public static final int RERUNS = 5;
    /// With so many different findings there is little sense in going on.
    public static final int MOST_FINDINGS = 5;

    /// For what a kernel was asked before the end of the time.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Kernel kernel;
    private final Door door;
    private final ConformOptions options;
    private final ConformListener listener;
    private final @Nullable RecordingWriter recording;
    private final Comparison comparison;
    private final long start = System.nanoTime();
    private long histories;
    private volatile boolean interrupted;
    private volatile boolean cutOff;

    /// @param recording keeps all that is observed, or null
    public Conform(
            Rules rules,
            Door door,
            ConformOptions options,
            ConformListener listener,
            @Nullable RecordingWriter recording) {
        kernel = new Kernel(rules);
        this.door = door;
        this.options = options;
        this.listener = listener;
        this.recording = recording;
        comparison = new Comparison(options.aspects(), door.kernel().frames());
    }

    /// Makes [#run] return soon, with all that was found. For any thread.
    public void interrupt() {
        interrupted = true;
        door.interrupt();
    }

    /// Whoever asks a slow kernel does not wait much longer than the time is.
    private void cutOff() {
        cutOff = true;
        door.interrupt();
    }

    public ConformReport run() {
        try (Desk desk = new Desk(door, options.aspects());
                Alarm _ = Alarm.after(options.limit().plus(GRACE), this::cutOff)) {
            Examiner examiner =
                    new Examiner(kernel, desk, options.aspects(), listener, this::isOver, () -> interrupted || cutOff);
            Batch batch = ask(desk, 0);
            while (!batch.runs().isEmpty()) {
                boolean full = examiner.isFull();
                Batch next = full ? Batch.NONE : ask(desk, batch.next());
                compare(batch, examiner);
                batch = next;
            }
            return report(examiner);
        }
    }

    /// Histories on their way through the kernel.
    private record Batch(List<Run> runs, @Nullable Future<List<Observed>> answers) {
        private static final Batch NONE = new Batch(List.of(), null);

        long next() {
            return runs.getLast().index() + 1;
        }
    }

    private Batch ask(Desk desk, long from) {
        List<Run> runs = new ArrayList<>();
        for (long index = from; runs.size() < desk.batch() && !isOver(); index++) {
            long before = index * options.length();
            int length = (int) Math.min(options.length(), options.steps() - before);
            if (length <= 0) {
                break;
            }
            runs.add(Run.generate(kernel, desk.kernel().doable(), options.seed(), index, length));
        }
        List<History> questions = runs.stream().map(Run::history).toList();
        return runs.isEmpty() ? Batch.NONE : new Batch(runs, desk.submit(questions));
    }

    private boolean isOver() {
        return interrupted || System.nanoTime() - start >= options.limit().toNanos();
    }

    private void compare(Batch batch, Examiner examiner) {
        List<Observed> answers = Desk.await(Objects.requireNonNull(batch.answers()));
        for (int i = 0; i < answers.size(); i++) {
            Run run = batch.runs().get(i);
            Observed observed = answers.get(i);
            Difference difference = comparison.compare(run.steps(), observed);
            if ((interrupted || cutOff) && difference != null && difference.what() == Difference.What.TROUBLE) {
                // Not the kernel's doing.
                return;
            }
            histories++;
            if (difference != null) {
                tell(examiner, true);
                observed = examiner.examine(run, observed, difference);
            }
            if (recording != null) {
                recording.write(run.history(), observed);
            }
        }
        tell(examiner, false);
    }

    private void tell(Examiner examiner, boolean shrinking) {
        listener.progress(new ConformListener.Progress(histories, comparison.steps(), examiner.found(), shrinking));
    }

    private ConformReport report(Examiner examiner) {
        return new ConformReport(
                door.kernel().name(),
                kernel.rules().name(),
                Vector.ofAll(options.aspects()).sorted(),
                door.kernel().notes(options.aspects()),
                histories,
                comparison.steps(),
                examiner.findings(),
                examiner.counts(),
                LinkedHashMap.ofAll(examiner.explained()),
                examiner.isFull() && !isOver(),
                interrupted);
    }
}
