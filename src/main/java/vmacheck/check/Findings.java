package vmacheck.check;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.check.Finding.Stage;
import vmacheck.check.Worker.Advised;
import vmacheck.check.Worker.Failing;
import vmacheck.check.shrink.ShrinkReport;
import vmacheck.check.shrink.Shrinker;
import vmacheck.check.shrink.UnrepeatableException;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Kind;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Level;
import vmacheck.invariant.Violation;

/// What a search has found: told to the listener raw, then shrunk, then compared by normal form.
///
/// Of the many histories that violate one invariant only a few are shrunk: the first, and the first with each other
/// kind of failing call, as these may be different bugs.
final class Findings {
    private final Checker checker;
    private final SearchOptions options;
    private final SearchListener listener;
    private final BooleanSupplier interrupted;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, List<Kind>> taken = new TreeMap<>();
    private final List<Finding> done = new ArrayList<>();
    private final List<Finding> raw = new ArrayList<>();
    private int nextNumber;

    Findings(Checker checker, SearchOptions options, SearchListener listener, BooleanSupplier interrupted) {
        this.checker = checker;
        this.options = options;
        this.listener = listener;
        this.interrupted = interrupted;
    }

    boolean isEmpty() {
        return done.isEmpty() && raw.isEmpty();
    }

    Vector<Finding> all() {
        return Vector.ofAll(done);
    }

    /// Histories by the invariant that they violate.
    LinkedHashMap<String, Long> counts() {
        return LinkedHashMap.ofAll(counts);
    }

    /// Takes in what a round found, in the order of the indices.
    void add(List<Failing> failing) {
        for (Failing one : failing) {
            Kind kind = Kind.of(one.history().calls().last());
            for (Violation violation : one.violations()) {
                counts.merge(violation.invariant(), 1L, Long::sum);
                List<Kind> kinds = taken.computeIfAbsent(violation.invariant(), _ -> new ArrayList<>());
                if (!kinds.contains(kind) && kinds.size() < options.examples()) {
                    kinds.add(kind);
                    raw.add(begin(one, violation));
                }
            }
        }
    }

    private Finding begin(Failing failing, Violation violation) {
        Finding finding = new Finding(nextNumber++, failing.index(), failing.history(), violation, Stage.RAW);
        synchronized (listener) {
            listener.found(finding);
        }
        return finding;
    }

    /// Shrinks what is raw, then drops what is the same as something else.
    void shrink(Crew crew) {
        for (Finding finding : shrunk(crew, raw)) {
            Finding earlier = find(finding);
            if (earlier == null) {
                done.add(finding);
            } else {
                synchronized (listener) {
                    listener.same(finding, earlier);
                }
            }
        }
        raw.clear();
    }

    private @Nullable Finding find(Finding finding) {
        for (Finding other : done) {
            if (other.invariant().equals(finding.invariant()) && other.history().equals(finding.history())) {
                return other;
            }
        }
        return null;
    }

    /// One example of each advice, shrunk.
    Vector<Finding> advise(Crew crew, Collection<Advised> advice) {
        List<Finding> examples = new ArrayList<>();
        for (Advised advised : advice) {
            examples.add(begin(advised.first(), advised.first().violations().get(0)));
        }
        return Vector.ofAll(shrunk(crew, examples));
    }

    /// What violates the same invariant is shrunk one after the other, so that the later ones know where the earlier
    /// ones ended.
    private List<Finding> shrunk(Crew crew, List<Finding> findings) {
        List<Finding> results = new ArrayList<>(findings);
        Map<String, List<Integer>> places = new TreeMap<>();
        for (int i = 0; i < findings.size(); i++) {
            places.computeIfAbsent(findings.get(i).invariant(), _ -> new ArrayList<>())
                    .add(i);
        }
        List<Runnable> tasks = new ArrayList<>();
        places.forEach((invariant, those) -> tasks.add(() -> shrink(invariant, those, results)));
        crew.run(tasks, true);
        return results;
    }

    private void shrink(String invariant, List<Integer> places, List<Finding> results) {
        Vector<History> known = Vector.ofAll(done)
                .filter(finding -> finding.invariant().equals(invariant) && finding.stage() == Stage.SIMPLEST)
                .map(Finding::history);
        for (int place : places) {
            Finding simplest = shrunk(results.get(place), known);
            results.set(place, simplest);
            known = simplest.stage() == Stage.SIMPLEST ? known.append(simplest.history()) : known;
        }
    }

    private Finding shrunk(Finding finding, Vector<History> known) {
        Shrinker shrinker = new Shrinker(checker, options.shrinkSteps());
        try {
            ShrinkReport report = shrinker.shrink(
                    finding.history(),
                    finding.invariant(),
                    known,
                    better -> improve(finding, better, Stage.SIMPLER),
                    interrupted);
            return improve(finding, report.history(), report.finished() ? Stage.SIMPLEST : Stage.SIMPLER);
        } catch (UnrepeatableException _) {
            return unrepeatable(finding);
        }
    }

    /// The model decides by its arguments alone, so it must be a user's code that does not.
    private Finding unrepeatable(Finding finding) {
        Violation first = finding.violation();
        Violation violation = new Violation(
                OwnCode.DEFECT,
                Level.SAFETY,
                "a history violated " + first.invariant() + ", and not when it ran again: own rules and invariants must"
                        + " decide by their arguments alone, without a state, a clock or chance",
                first.process(),
                Vector.empty());
        Finding changed = finding.with(finding.history(), violation, Stage.SIMPLER);
        synchronized (listener) {
            counts.merge(OwnCode.DEFECT, 1L, Long::sum);
            listener.improved(changed);
        }
        return changed;
    }

    private Finding improve(Finding finding, History better, Stage stage) {
        Finding improved = finding.with(better, violation(better, finding.violation()), stage);
        synchronized (listener) {
            listener.improved(improved);
        }
        return improved;
    }

    /// The violation in the words that fit the simpler history.
    private Violation violation(History history, Violation known) {
        return Vector.ofAll(new Trial(checker).run(history).last().violations())
                .find(violation -> violation.invariant().equals(known.invariant()))
                .getOrElse(known);
    }
}
