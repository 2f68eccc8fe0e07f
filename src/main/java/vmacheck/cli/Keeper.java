package vmacheck.cli;

import io.vavr.collection.HashMap;
import io.vavr.collection.HashSet;
import io.vavr.collection.Map;
import io.vavr.collection.Set;
import io.vavr.collection.Vector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vmacheck.check.Finding;
import vmacheck.check.SearchListener;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Level;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// Saves what a search finds the moment it is found, and again whenever it is simpler, so that nothing is lost if the
/// program ends. Only the simplest form of each finding stays.
final class Keeper implements SearchListener {
    private final Corpus corpus;
    private final Rules rules;
    private final Vector<Invariant> more;
    private final long seed;
    private final Predicate<Violation> kept;
    private final Consumer<Progress> progress;
    private Map<Integer, Path> files = HashMap.empty();
    /// Files that this search made and may remove: what was there before stays.
    private Set<Path> own = HashSet.empty();

    /// @param more invariants, besides the built-in ones
    /// @param kept which violations are saved
    Keeper(
            Corpus corpus,
            Rules rules,
            Vector<Invariant> more,
            long seed,
            Predicate<Violation> kept,
            Consumer<Progress> progress) {
        this.corpus = corpus;
        this.rules = rules;
        this.more = more;
        this.seed = seed;
        this.kept = kept;
        this.progress = progress;
    }

    @Override
    public void progress(Progress now) {
        progress.accept(now);
    }

    @Override
    public void found(Finding finding) {
        improved(finding);
    }

    @Override
    public void improved(Finding finding) {
        if (isKept(finding)) {
            save(finding, counterexample(finding, Vector.empty()));
        }
    }

    @Override
    public void same(Finding dropped, Finding earlier) {
        files = files.remove(dropped.number());
    }

    private boolean isKept(Finding finding) {
        return kept.test(finding.violation());
    }

    /// A finding in its last form, saved with the names of the rules under which it holds.
    Saved finish(Finding finding) {
        Counterexample counterexample = counterexample(finding, holding(finding));
        return new Saved(counterexample, isKept(finding) ? save(finding, counterexample) : null);
    }

    /// @param file null for what is not kept
    record Saved(Counterexample counterexample, @Nullable Path file) {}

    private Path save(Finding finding, Counterexample counterexample) {
        boolean there = Files.exists(corpus.pathOf(counterexample));
        Path file = files.get(finding.number())
                .filter(this::isDisposable)
                .map(earlier -> corpus.replace(earlier, counterexample))
                .getOrElse(() -> corpus.save(counterexample));
        own = there ? own : own.add(file);
        files = files.put(finding.number(), file);
        return file;
    }

    /// Two findings can pass through the same form: a file goes only with the last that has it.
    private boolean isDisposable(Path file) {
        return own.contains(file) && files.values().count(file::equals) == 1;
    }

    private Counterexample counterexample(Finding finding, Vector<String> holds) {
        String found = "seed " + seed + ", history " + finding.index() + version();
        return new Counterexample(
                rules.name(),
                finding.invariant(),
                found,
                holds,
                Trial.of(rules, more).transcript(finding.history()));
    }

    private static String version() {
        String version = Keeper.class.getPackage().getImplementationVersion();
        return version == null ? "" : ", vmacheck " + version;
    }

    private Vector<String> holding(Finding finding) {
        return RuleBook.ALL
                .filter(other -> !other.name().equals(rules.name()))
                .filter(other -> Trial.of(other, more)
                        .run(finding.history())
                        .forAll(verdict -> holds(verdict, finding.invariant())))
                .map(Rules::name);
    }

    /// Whether nothing that must hold is violated, nor the invariant in question, which may be advice.
    private static boolean holds(Verdict verdict, String invariant) {
        return Vector.ofAll(verdict.violations())
                .forAll(violation -> violation.level() != Level.SAFETY
                        && !violation.invariant().equals(invariant));
    }
}
