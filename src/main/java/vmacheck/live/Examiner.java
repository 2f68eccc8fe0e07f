package vmacheck.live;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.check.shrink.BatchShrinker;
import vmacheck.check.shrink.BatchTest;
import vmacheck.kernel.Kernel;
import vmacheck.live.Finding.Stage;
import vmacheck.rules.Rules;

/// Looks closer at what differs: does it come again, can it be explained, and what is the simplest history that shows
/// it. Of many differences of one kind only the first few are shrunk: they may have different reasons.
final class Examiner {
    private static final int MOST_OF_A_KIND = 3;
    private static final int MOST_DEPTH = 3;
    /// Of histories that a stand-in has shrunk, the simplest ones are put to the kernel.
    private static final int PUT_TO_KERNEL = 12;
    /// That is enough for a stand-in, and takes a second.
    private static final long ASKED_OF_STAND_IN = 40_000;
    /// How much less is asked of the kernel after a stand-in.
    private static final int LESS_TO_ASK = 40;

    private final Kernel kernel;
    private final Desk desk;
    private final ConformListener listener;
    private final BooleanSupplier over;
    private final BooleanSupplier stopped;
    private final Comparison comparison;
    private final StandIns standIns;
    private final Map<String, Integer> examined = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> explained = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int nextNumber;

    /// @param over    whether to end soon: from then on the kernel is asked no more than whether an explanation holds
    /// @param stopped whether to end now: it cannot be asked anything
    Examiner(
            Kernel kernel,
            Desk desk,
            Set<Aspect> aspects,
            ConformListener listener,
            BooleanSupplier over,
            BooleanSupplier stopped) {
        this.kernel = kernel;
        this.desk = desk;
        this.listener = listener;
        this.over = over;
        this.stopped = stopped;
        comparison = new Comparison(aspects, desk.kernel().frames());
        standIns = new StandIns(kernel.rules(), desk.kernel(), aspects);
    }

    boolean isFull() {
        return findings.size() >= Conform.MOST_FINDINGS;
    }

    int found() {
        return findings.size();
    }

    Vector<Finding> findings() {
        return Vector.ofAll(findings);
    }

    LinkedHashMap<String, Long> counts() {
        return LinkedHashMap.ofAll(counts);
    }

    Map<String, Long> explained() {
        return explained;
    }

    /// @param difference the first one between the run and what was observed
    /// @return what the kernel does: what was observed, or if that is explained what it showed in another run
    Observed examine(Run run, Observed observed, Difference difference) {
        return examine(run, observed, difference, 0);
    }

    /// @param depth how many differences of this history were explained before
    private Observed examine(Run run, Observed observed, Difference difference, int depth) {
        if (examined.getOrDefault(difference.kind(), 0) == MOST_OF_A_KIND || isFull()) {
            // Known well enough: counted, and no more.
            counts.merge(difference.kind(), 1L, Long::sum);
            return observed;
        }
        Explained reason = explanation(run, observed, difference);
        // What nothing can explain is saved before anything else happens.
        Finding noted = reason == null || stopped.getAsBoolean() ? note(run, difference) : null;
        if (noted != null && over.getAsBoolean()) {
            return observed;
        }
        List<Observed> again = desk.ask(Collections.nCopies(Conform.RERUNS, run.history()));
        int like = 0;
        Observed agreeing = null;
        Observed different = null;
        Difference other = null;
        for (Observed one : again) {
            Difference found = comparison.compare(run.steps(), one);
            if (found == null) {
                agreeing = one;
            } else if (found.step() == difference.step() && found.isLike(difference)) {
                like++;
            } else if (other == null) {
                different = one;
                other = found;
            }
        }
        if (over.getAsBoolean() && noted != null) {
            // The kernel was not left the time to do it again.
            return observed;
        }
        if (reason == null || noted != null || like > reason.mostAgain() || stopped.getAsBoolean()) {
            Finding raw = noted == null ? note(run, difference) : noted;
            shrink(replace(raw, raw.seenAgain(like)), run, observed);
            return observed;
        }
        explained.merge(reason.reason(), 1L, Long::sum);
        Observed otherwise = different == null || other == null || depth == MOST_DEPTH
                ? observed
                : examine(run, different, other, depth + 1);
        return agreeing == null ? otherwise : agreeing;
    }

    private static @Nullable Explained explanation(Run run, Observed observed, Difference difference) {
        int step = difference.step();
        return step < observed.steps().size()
                ? Explained.of(
                        difference, run.steps().get(step), observed.steps().get(step))
                : null;
    }

    private Finding note(Run run, Difference difference) {
        counts.merge(difference.kind(), 1L, Long::sum);
        examined.merge(difference.kind(), 1, Integer::sum);
        Finding finding = new Finding(
                nextNumber++, run.index(), run.upTo(difference.step()), difference, Finding.NOT_RUN, Stage.RAW);
        findings.add(finding);
        listener.found(finding);
        return finding;
    }

    private Finding replace(Finding old, Finding by) {
        findings.set(findings.indexOf(old), by);
        return by;
    }

    private void shrink(Finding raw, Run run, Observed observed) {
        if (raw.again() <= 0) {
            return;
        }
        Rules rules = standIns.find(run, observed, raw.difference().step());
        Finding start = rules == null ? raw : shrink(raw, new Kernel(rules));
        boolean helped = start != raw;
        Sample sample = new Sample(start.difference());
        long most = helped ? Math.max(desk.batch(), desk.candidates() / LESS_TO_ASK) : desk.candidates();
        BatchShrinker.Shrunk shrunk = new BatchShrinker(kernel, sample, most)
                .shrink(
                        start.history(),
                        history -> listener.improved(start.with(history, sample.differenceOf(history), Stage.SIMPLER)),
                        over);
        boolean isSimplest = shrunk.finished()
                || helped && start.stage() == Stage.SIMPLEST && shrunk.history().equals(start.history());
        Finding done = start.with(
                shrunk.history(), sample.differenceOf(shrunk.history()), isSimplest ? Stage.SIMPLEST : Stage.SIMPLER);
        findings.remove(raw);
        Finding earlier = findings.stream()
                .filter(finding -> finding.history().equals(done.history()))
                .findFirst()
                .orElse(null);
        if (earlier != null) {
            listener.same(done, earlier);
        } else {
            findings.add(done);
            listener.improved(done);
        }
    }

    /// Shrinks on a stand-in, and takes the simplest of what comes of it that the kernel confirms.
    private Finding shrink(Finding raw, Kernel standIn) {
        List<History> better = new ArrayList<>();
        BatchShrinker.Shrunk shrunk = new BatchShrinker(
                        kernel, new Sample(raw.difference(), standIn), ASKED_OF_STAND_IN)
                .shrink(raw.history(), better::add, over);
        List<History> questions = better.reversed().stream()
                .limit(PUT_TO_KERNEL)
                .filter(desk.kernel().doable()::allows)
                .toList();
        Sample onKernel = new Sample(raw.difference());
        int[] calls = onKernel.calls(questions);
        for (int i = 0; i < calls.length; i++) {
            History history = questions.get(i);
            if (calls[i] == history.size()) {
                boolean isSimplest = shrunk.finished() && history.equals(shrunk.history());
                Finding confirmed =
                        raw.with(history, onKernel.differenceOf(history), isSimplest ? Stage.SIMPLEST : Stage.SIMPLER);
                listener.improved(confirmed);
                return confirmed;
            }
        }
        return raw;
    }

    /// Whether histories differ like one that is known.
    private final class Sample implements BatchTest {
        private final Difference first;
        private final @Nullable Kernel standIn;
        private final Map<History, Difference> seen = new HashMap<>();

        Sample(Difference first) {
            this(first, null);
        }

        /// @param standIn is asked in the place of the kernel
        Sample(Difference first, @Nullable Kernel standIn) {
            this.first = first;
            this.standIn = standIn;
        }

        @Override
        public int size() {
            return standIn == null ? desk.batch() : 1;
        }

        @Override
        public int[] calls(List<History> candidates) {
            List<History> doable =
                    candidates.stream().filter(desk.kernel().doable()::allows).toList();
            List<Observed> observed = ask(doable);
            int[] calls = new int[candidates.size()];
            if (over.getAsBoolean()) {
                // Answers may be missing because nobody waited for them.
                return calls;
            }
            int at = 0;
            for (int i = 0; i < calls.length; i++) {
                if (at < doable.size() && doable.get(at) == candidates.get(i)) {
                    calls[i] = calls(doable.get(at), observed.get(at));
                    at++;
                }
            }
            return calls;
        }

        private List<Observed> ask(List<History> histories) {
            return standIn == null
                    ? desk.ask(histories)
                    : histories.stream()
                            .map(history ->
                                    Imagined.of(Run.of(standIn, 0, history).steps()))
                            .toList();
        }

        private int calls(History history, Observed observed) {
            Run run = Run.of(kernel, 0, history);
            Difference difference = comparison.compare(run.steps(), observed);
            if (difference == null || !difference.isLike(first)) {
                return 0;
            }
            seen.put(run.upTo(difference.step()), difference);
            return difference.step() + 1;
        }

        Difference differenceOf(History history) {
            return seen.getOrDefault(history, first);
        }
    }
}
