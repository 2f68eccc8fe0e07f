package vmacheck.live;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Collections;
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

/// Looks closer at what differs: does it come again, can it be explained, and what is the simplest history that shows
/// it. Of many differences of one kind only the first few are shrunk: they may have different reasons.
final class Examiner {
    private static final int MOST_OF_A_KIND = 3;
    private static final int MOST_DEPTH = 3;

    private final Kernel kernel;
    private final Desk desk;
    private final ConformListener listener;
    private final BooleanSupplier interrupted;
    private final Comparison comparison;
    private final Map<String, Integer> examined = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> explained = new TreeMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int nextNumber;

    Examiner(Kernel kernel, Desk desk, Set<Aspect> aspects, ConformListener listener, BooleanSupplier interrupted) {
        this.kernel = kernel;
        this.desk = desk;
        this.listener = listener;
        this.interrupted = interrupted;
        comparison = new Comparison(aspects, desk.kernel().frames());
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
        if (interrupted.getAsBoolean()) {
            note(run, difference, Finding.NOT_RUN);
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
        Explained reason = like > Explained.MOST_AGAIN ? null : explanation(run, observed, difference);
        if (reason == null) {
            shrink(note(run, difference, like));
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

    private Finding note(Run run, Difference difference, int again) {
        counts.merge(difference.kind(), 1L, Long::sum);
        examined.merge(difference.kind(), 1, Integer::sum);
        Finding finding =
                new Finding(nextNumber++, run.index(), run.upTo(difference.step()), difference, again, Stage.RAW);
        findings.add(finding);
        listener.found(finding);
        return finding;
    }

    private void shrink(Finding raw) {
        if (raw.again() <= 0) {
            return;
        }
        Sample sample = new Sample(raw.difference());
        BatchShrinker shrinker = new BatchShrinker(kernel, sample, desk.candidates());
        BatchShrinker.Shrunk shrunk = shrinker.shrink(
                raw.history(),
                history -> listener.improved(raw.with(history, sample.differenceOf(history), Stage.SIMPLER)),
                interrupted);
        Stage stage = shrunk.finished() ? Stage.SIMPLEST : Stage.SIMPLER;
        Finding done = raw.with(shrunk.history(), sample.differenceOf(shrunk.history()), stage);
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

    /// Whether histories differ like one that is known.
    private final class Sample implements BatchTest {
        private final Difference first;
        private final Map<History, Difference> seen = new java.util.HashMap<>();

        Sample(Difference first) {
            this.first = first;
        }

        @Override
        public int size() {
            return desk.batch();
        }

        @Override
        public int[] calls(List<History> candidates) {
            List<History> doable =
                    candidates.stream().filter(desk.kernel().doable()::allows).toList();
            List<Observed> observed = desk.ask(doable);
            int[] calls = new int[candidates.size()];
            int at = 0;
            for (int i = 0; i < calls.length; i++) {
                if (at < doable.size() && doable.get(at) == candidates.get(i)) {
                    calls[i] = calls(doable.get(at), observed.get(at));
                    at++;
                }
            }
            return calls;
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
