package vmacheck.check;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import vmacheck.check.SearchListener.Progress;
import vmacheck.check.Worker.Advised;
import vmacheck.check.Worker.Failing;
import vmacheck.check.trial.Checker;

/// Random search: plays histories in rounds until one violates something, then shrinks it.
///
/// History `i` of a seed is the same whoever plays it, indices are given out in order, and what was given out is always
/// finished. So the histories of a round that were played are the first ones, and what is found first does not depend
/// on the number of workers or on their speed.
public final class Search {
    /// Histories that a worker takes at a time.
    private static final int PORTION = 8;

    private final Checker checker;
    private final SearchOptions options;
    private final SearchListener listener;
    private final LongAdder histories = new LongAdder();
    private final LongAdder steps = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final Coverage coverage = new Coverage();
    private final Map<String, Advised> advice = new TreeMap<>();
    private final Findings findings;
    private final long start = System.nanoTime();
    private volatile boolean interrupted;

    public Search(Checker checker, SearchOptions options, SearchListener listener) {
        this.checker = checker;
        this.options = options;
        this.listener = listener;
        findings = new Findings(checker, options, listener, () -> interrupted);
    }

    /// Makes [#run] return soon, with all that was found. For any thread.
    public void interrupt() {
        interrupted = true;
    }

    public SearchReport run() {
        try (Crew crew = new Crew(options.workers(), this::tick)) {
            long next = 0;
            while (next < options.histories() && !isOver() && (findings.isEmpty() || options.keepGoing())) {
                long end = Math.min(options.histories(), next + options.round());
                List<Failing> failing = round(crew, next, end);
                findings.add(failing);
                findings.shrink(crew);
                next = end;
            }
            return report(crew);
        }
    }

    /// Whether no new history may be begun.
    private boolean isOver() {
        return interrupted || System.nanoTime() - start >= options.limit().toNanos();
    }

    private List<Failing> round(Crew crew, long from, long end) {
        AtomicLong next = new AtomicLong(from);
        List<Worker> workers = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < options.workers(); i++) {
            Worker worker = new Worker(checker, options, histories, steps, violations);
            workers.add(worker);
            tasks.add(() -> work(worker, next, end));
        }
        crew.run(tasks, false);
        List<Failing> failing = new ArrayList<>();
        for (Worker worker : workers) {
            coverage.add(worker.coverage);
            failing.addAll(worker.failing);
            worker.advice.forEach((name, advised) -> advice.merge(name, advised, Advised::plus));
        }
        failing.sort(Comparator.comparingLong(Failing::index));
        return failing;
    }

    private void work(Worker worker, AtomicLong next, long end) {
        while (!isOver()) {
            long first = next.getAndAdd(PORTION);
            if (first >= end) {
                return;
            }
            for (long index = first; index < Math.min(first + PORTION, end); index++) {
                worker.play(index);
            }
        }
    }

    private void tick(boolean shrinking) {
        synchronized (listener) {
            listener.progress(new Progress(histories.sum(), steps.sum(), violations.sum(), shrinking));
        }
    }

    private SearchReport report(Crew crew) {
        Vector<Finding> advised = options.target() == null ? findings.advise(crew, advice.values()) : Vector.empty();
        LinkedHashMap<String, Long> counts = findings.counts();
        for (Map.Entry<String, Advised> entry : advice.entrySet()) {
            counts = counts.put(entry.getKey(), entry.getValue().count());
        }
        return new SearchReport(
                options.seed(),
                histories.sum(),
                steps.sum(),
                System.nanoTime() - start,
                violations.sum(),
                findings.all(),
                advised,
                counts,
                coverage,
                interrupted);
    }
}
