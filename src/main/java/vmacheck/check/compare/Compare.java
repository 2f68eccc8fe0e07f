package vmacheck.check.compare;

import io.vavr.Tuple;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.Crew;
import vmacheck.check.SearchListener;
import vmacheck.check.SearchOptions;
import vmacheck.check.shrink.ShrinkReport;
import vmacheck.check.shrink.Shrinker;
import vmacheck.check.shrink.UnrepeatableException;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Violation;
import vmacheck.rules.Rules;

/// Runs the same histories under several rules, then shrinks one history for each way to tell them apart.
///
/// History `i` of a seed is the same whoever plays it, and what is counted are sums, so the result depends on the seed
/// and on the number of histories alone.
public final class Compare {
    private static final int PORTION = 8;

    private final Vector<Rules> rules;
    private final SearchOptions options;
    private final SearchListener listener;
    private final LongAdder histories = new LongAdder();
    private final long start = System.nanoTime();
    private volatile boolean interrupted;

    /// @param rules   two or more; the first makes the calls, and is compared with each other one
    /// @param options seed, length, workers, and how many histories or how long
    public Compare(Vector<Rules> rules, SearchOptions options, SearchListener listener) {
        this.rules = rules;
        this.options = options;
        this.listener = listener;
    }

    /// Makes [#run] return soon, with all that was found. For any thread.
    public void interrupt() {
        interrupted = true;
    }

    public CompareReport run() {
        List<Checker> checkers = rules.map(Checker::of).asJava();
        List<Player> players = new ArrayList<>();
        AtomicLong next = new AtomicLong();
        try (Crew crew = new Crew(options.workers(), this::tick)) {
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < options.workers(); i++) {
                Player player = new Player(rules, checkers, options.seed(), options.length());
                players.add(player);
                tasks.add(() -> work(player, next));
            }
            crew.run(tasks, false);
            Player all = players.getFirst();
            players.stream().skip(1).forEach(all::add);
            return new CompareReport(
                    options.seed(),
                    options.length(),
                    histories.sum(),
                    histories.sum() * options.length(),
                    rules.map(Rules::name),
                    Vector.ofAll(all.tallies),
                    shrunk(crew, all),
                    interrupted);
        }
    }

    private void work(Player player, AtomicLong next) {
        while (!interrupted && System.nanoTime() - start < options.limit().toNanos()) {
            long first = next.getAndAdd(PORTION);
            if (first >= options.histories()) {
                return;
            }
            for (long index = first; index < Math.min(first + PORTION, options.histories()); index++) {
                player.play(index);
                histories.increment();
            }
        }
    }

    private Vector<Difference> shrunk(Crew crew, Player all) {
        List<Difference> found = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        for (int r = 1; r < rules.size(); r++) {
            for (Aspect aspect : Aspect.values()) {
                Player.Examples examples = all.examples[r][aspect.ordinal()];
                for (History history : examples.histories()) {
                    int slot = found.size();
                    Rules other = rules.get(r);
                    Difference raw = new Difference(
                            rules.head().name(), other.name(), aspect, examples.count(), history, "", false);
                    found.add(raw);
                    tasks.add(() -> found.set(slot, shrunk(raw, rules.head(), other)));
                }
            }
        }
        crew.run(tasks, true);
        return Vector.ofAll(found)
                .groupBy(difference -> Tuple.of(difference.other(), difference.aspect()))
                .values()
                .map(Compare::simplest)
                .toVector();
    }

    private static Difference simplest(Vector<Difference> same) {
        return same.minBy(Comparator.<Difference>comparingInt(
                                difference -> difference.history().size())
                        .thenComparing(difference -> !difference.shrunk())
                        .thenComparing(difference -> HistoryPrinter.print(difference.history())))
                .get();
    }

    private Difference shrunk(Difference raw, Rules one, Rules other) {
        Checker checker = Contrasting.of(one, other, raw.aspect());
        try {
            ShrinkReport report = new Shrinker(checker, options.shrinkSteps())
                    .shrink(raw.history(), raw.aspect().key(), Vector.empty(), _ -> {}, () -> interrupted);
            String message = Vector.ofAll(
                            new Trial(checker).run(report.history()).last().violations())
                    .map(Violation::message)
                    .head();
            return raw.with(report.history(), message, report.finished());
        } catch (UnrepeatableException _) {
            return raw.with(
                    raw.history(), "but not when it runs again: rules must decide by their arguments alone", false);
        }
    }

    private void tick(boolean shrinking) {
        synchronized (listener) {
            long done = histories.sum();
            listener.progress(new SearchListener.Progress(done, done * options.length(), 0, shrinking));
        }
    }
}
