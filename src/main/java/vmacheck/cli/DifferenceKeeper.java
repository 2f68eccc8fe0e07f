package vmacheck.cli;

import io.vavr.collection.Vector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.live.ConformListener;
import vmacheck.live.Finding;
import vmacheck.report.ConformRun;
import vmacheck.rules.Rules;

/// Saves each difference the moment it is found, and again whenever its history is simpler, so that nothing is lost if
/// the program ends. Only the simplest form of each stays.
final class DifferenceKeeper implements ConformListener {
    private final Corpus corpus;
    private final Rules rules;
    private final String origin;
    private final Consumer<Progress> progress;
    private final Map<Integer, Path> files = new HashMap<>();
    /// Files that this run made and may remove: what was there before stays.
    private final Set<Path> own = new HashSet<>();

    /// @param origin where histories come from and what kernel was asked
    DifferenceKeeper(Corpus corpus, Rules rules, String origin, Consumer<Progress> progress) {
        this.corpus = corpus;
        this.rules = rules;
        this.origin = origin;
        this.progress = progress;
    }

    @Override
    public void progress(Progress now) {
        progress.accept(now);
    }

    @Override
    public void found(Finding finding) {
        save(finding);
    }

    @Override
    public void improved(Finding finding) {
        save(finding);
    }

    @Override
    public void same(Finding dropped, Finding earlier) {
        Path file = files.remove(dropped.number());
        if (file != null && own.contains(file) && !files.containsValue(file)) {
            corpus.replace(file, counterexample(earlier));
        }
    }

    ConformRun.Found saved(Finding finding) {
        return new ConformRun.Found(
                finding, counterexample(finding), save(finding).toString());
    }

    private Path save(Finding finding) {
        Counterexample counterexample = counterexample(finding);
        boolean there = Files.exists(corpus.pathOf(counterexample));
        Path earlier = files.remove(finding.number());
        boolean disposable = earlier != null && own.contains(earlier) && !files.containsValue(earlier);
        Path file = disposable ? corpus.replace(earlier, counterexample) : corpus.save(counterexample);
        if (!there) {
            own.add(file);
        }
        files.put(finding.number(), file);
        return file;
    }

    private Counterexample counterexample(Finding finding) {
        String found = origin + ", history " + finding.index() + ", level "
                + finding.difference().aspect().number();
        return new Counterexample(
                rules.name(),
                ConformRun.DIFFERS,
                found,
                Vector.empty(),
                Trial.of(rules).transcript(finding.history()));
    }
}
