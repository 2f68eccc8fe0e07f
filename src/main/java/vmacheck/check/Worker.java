package vmacheck.check;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.check.generate.Generator;
import vmacheck.check.trial.Checker;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;

/// Plays histories and notes what they violate. One for each thread; what they note is merged by index, so it does not
/// matter which of them played what.
final class Worker {
    /// A history that violates something at its last call.
    record Failing(long index, History history, Vector<Violation> violations) {}

    /// An advice, how often it was given, and the first history in which it was.
    record Advised(long count, Failing first) {
        Advised plus(Advised other) {
            return new Advised(count + other.count, first.index() <= other.first.index() ? first : other.first);
        }
    }

    private final Checker checker;
    private final SearchOptions options;
    private final LongAdder histories;
    private final LongAdder steps;
    private final LongAdder violations;
    final Coverage coverage = new Coverage();
    final List<Failing> failing = new ArrayList<>();
    final Map<String, Advised> advice = new TreeMap<>();

    Worker(Checker checker, SearchOptions options, LongAdder histories, LongAdder steps, LongAdder violations) {
        this.checker = checker;
        this.options = options;
        this.histories = histories;
        this.steps = steps;
        this.violations = violations;
    }

    /// Plays one history up to its first violation.
    void play(long index) {
        Generator generator = new Generator(options.seed(), index);
        Situation situation = checker.start(generator.setup());
        List<Call> calls = new ArrayList<>(options.length());
        boolean holds = true;
        while (holds && calls.size() < options.length()) {
            Call call = generator.next(situation.machine());
            calls.add(call);
            Verdict verdict = checker.step(situation, call);
            coverage.count(verdict.step());
            if (!verdict.violations().isEmpty()) {
                holds = note(index, new History(generator.setup(), Vector.ofAll(calls)), verdict);
            }
            situation = verdict.after();
        }
        histories.increment();
        steps.add(calls.size());
    }

    /// @return whether the history may go on
    private boolean note(long index, History history, Verdict verdict) {
        Vector<Violation> found = Vector.ofAll(verdict.violations());
        Vector<Violation> breaking = found.filter(options::breaks);
        for (Violation violation : found.removeAll(breaking)) {
            Failing example = new Failing(index, history, Vector.of(violation));
            advice.merge(violation.invariant(), new Advised(1, example), Advised::plus);
        }
        if (breaking.isEmpty()) {
            return true;
        }
        Vector<Violation> wanted = breaking.filter(options::isWanted);
        if (!wanted.isEmpty()) {
            failing.add(new Failing(index, history, wanted));
            violations.increment();
        }
        return false;
    }
}
