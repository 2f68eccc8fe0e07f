package vmacheck.check.compare;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.check.generate.Generator;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.rules.Rules;

/// Plays histories under all rules at once. One for each thread; what they note is put together by index.
final class Player {
    /// A history whose last call makes a difference.
    record Example(long index, History history) {}

    /// The shortest of the histories that show a difference, and how many do. Short ones are more likely to shrink to
    /// the shortest of all.
    static final class Examples {
        private static final int MOST = 4;
        private static final Comparator<Example> SHORTEST = Comparator.<Example>comparingInt(
                        example -> example.history().size())
                .thenComparingLong(Example::index);

        private final TreeSet<Example> shortest = new TreeSet<>(SHORTEST);
        private long count;

        void add(long index, Generator generator, List<Call> calls) {
            count++;
            if (shortest.size() < MOST
                    || calls.size() <= shortest.last().history().size()) {
                keep(new Example(index, new History(generator.setup(), Vector.ofAll(calls))));
            }
        }

        private void keep(Example example) {
            shortest.add(example);
            if (shortest.size() > MOST) {
                shortest.pollLast();
            }
        }

        void add(Examples other) {
            count += other.count;
            other.shortest.forEach(this::keep);
        }

        long count() {
            return count;
        }

        Vector<History> histories() {
            return Vector.ofAll(shortest).map(Example::history);
        }
    }

    private static final Aspect[] ASPECTS = Aspect.values();

    private final Vector<Rules> rules;
    private final List<Checker> checkers;
    private final long seed;
    private final int length;
    private final Contrast contrast = new Contrast("", "");
    final List<Tally> tallies = new ArrayList<>();
    /// By rules, from the second on, and by aspect.
    final Examples[][] examples;

    Player(Vector<Rules> rules, List<Checker> checkers, long seed, int length) {
        this.rules = rules;
        this.checkers = checkers;
        this.seed = seed;
        this.length = length;
        rules.forEach(_ -> tallies.add(new Tally()));
        examples = new Examples[rules.size()][ASPECTS.length];
        for (Examples[] one : examples) {
            Arrays.setAll(one, _ -> new Examples());
        }
    }

    /// Plays one history. The calls are made with an eye on the machine of the first rules.
    void play(long index) {
        Generator generator = new Generator(seed, index);
        Situation[] situations = new Situation[rules.size()];
        Verdict[] verdicts = new Verdict[rules.size()];
        boolean[] failed = new boolean[rules.size()];
        boolean[][] told = new boolean[rules.size()][ASPECTS.length];
        for (int r = 0; r < rules.size(); r++) {
            situations[r] = checkers.get(r).start(generator.setup());
            tallies.get(r).begin();
        }
        List<Call> calls = new ArrayList<>(length);
        while (calls.size() < length) {
            Call call = generator.next(situations[0].machine());
            calls.add(call);
            for (int r = 0; r < rules.size(); r++) {
                verdicts[r] = checkers.get(r).step(situations[r], call);
                situations[r] = verdicts[r].after();
                failed[r] |= Trial.failed(verdicts[r]);
                tallies.get(r).count(verdicts[r].step());
                tallies.get(r).judge(verdicts[r], index);
                if (r > 0 && !failed[0] && !failed[r]) {
                    contrast(index, generator, calls, verdicts, r, told[r]);
                }
            }
        }
        for (int r = 0; r < rules.size(); r++) {
            tallies.get(r).end(situations[r].machine());
        }
    }

    private void contrast(
            long index, Generator generator, List<Call> calls, Verdict[] verdicts, int r, boolean[] told) {
        for (Aspect aspect : ASPECTS) {
            int a = aspect.ordinal();
            if (!told[a] && contrast.find(aspect, verdicts[0].step(), verdicts[r].step()) != null) {
                told[a] = true;
                examples[r][a].add(index, generator, calls);
            }
        }
    }

    void add(Player other) {
        for (int r = 0; r < rules.size(); r++) {
            tallies.get(r).add(other.tallies.get(r));
            for (int a = 0; a < ASPECTS.length; a++) {
                examples[r][a].add(other.examples[r][a]);
            }
        }
    }
}
