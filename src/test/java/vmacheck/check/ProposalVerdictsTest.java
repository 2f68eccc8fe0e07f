package vmacheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.trial.Checker;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Invariants;
import vmacheck.invariant.Level;
import vmacheck.rules.Decision;
import vmacheck.rules.Exchange;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.Weakening;
import vmacheck.rules.matena.Matena;
import vmacheck.rules.stoakes.RelocateAnon;

/// The verdicts of `docs/proposals.md`, as far as a short search can tell.
class ProposalVerdictsTest {
    private static final Vector<Counterexample> SAVED =
            new Corpus(Corpus.DEFAULT_ROOT).list().map(Corpus::load);

    @ParameterizedTest
    @CsvSource({
        "matena-v1,     index-follows, 2",
        "matena-v1,     chain-covers,  3",
        "matena-v3,     index-follows, 3",
        "relocate-anon, no-kernel-bug, 2"
    })
    @DisplayName("as posted they break")
    void breaks(String rules, String invariant, int calls) {
        SearchReport report = search(rules, 1024);
        Finding finding = report.findings()
                .find(found -> found.invariant().equals(invariant))
                .getOrElseThrow(() -> new AssertionError(report.findings().map(Finding::invariant)));
        assertThat(finding.history().size()).isEqualTo(calls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"matena", "matena-pgoff", "matena-anon-vma", "relocate-anon-mended"})
    @DisplayName("as meant, or mended, they hold")
    void holds(String rules) {
        assertThat(search(rules, 3000).failing()).isZero();
    }

    @Test
    @DisplayName("each answer that tells the series as meant from its last posting is needed")
    void eachRepairOfTheSeriesIsNeeded() {
        assertThat(Matena.MEANT_BOTH.differences(Matena.V3).map(Decision::name))
                .containsExactly(
                        "repoint", "reuses-anon-vma", "moved-pgoff", "rewrites-swap-cache", "dontunmap-source");
        Exchange.each(Matena.MEANT_BOTH, Matena.V3).forEach(ProposalVerdictsTest::isRefuted);
    }

    @Test
    @DisplayName("each repair of the relocation is needed")
    void eachRepairOfTheRelocationIsNeeded() {
        assertThat(RelocateAnon.MENDED.differences(RelocateAnon.POSTED_LAST).map(Decision::name))
                .containsExactly("rewrites-swap-cache", "relocation-finds-source", "dontunmap-source");
        Exchange.each(RelocateAnon.MENDED, RelocateAnon.POSTED_LAST).forEach(ProposalVerdictsTest::isRefuted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compatible-anon-vma:parent",
                "compatible-anon-vma:children",
                "compatible-sides:children",
                "moved-pgoff:parent-and-pages",
                "moved-pgoff:children-and-pages",
                "reindex",
                "repoint",
                "rewrites-swap-cache"
            })
    @DisplayName("each of these parts of the series as meant is needed")
    void partsAreNeeded(String condition) {
        Weakening weakening = Weakening.of(Matena.MEANT_BOTH)
                .find(found -> found.condition().equals(condition))
                .get();
        isRefuted(weakening.rules());
    }

    @Test
    @DisplayName("each history that the document shows against a proposal is saved")
    void historiesAreSaved() throws IOException {
        String document = Files.readString(Path.of("docs/proposals.md"));
        Vector<String> shown = Vector.of(document.split("\n\n"))
                .filter(block -> block.lines().allMatch(line -> line.startsWith("        P")))
                .map(String::stripIndent);
        assertThat(shown.size()).isGreaterThan(8);
        Vector<String> saved = SAVED.map(
                counterexample -> HistoryPrinter.print(counterexample.history()).strip());
        assertThat(saved).containsAll(shown.map(String::strip));
    }

    /// There is a saved counterexample, which another test replays.
    private static void isRefuted(Rules rules) {
        assertThat(RuleBook.find(rules.name())).as(rules.name()).contains(rules);
        assertThat(SAVED.filter(saved -> rules.name().equals(saved.rules())))
                .as(rules.name())
                .isNotEmpty()
                .allMatch(saved -> Invariants.find(saved.violates()).get().level() == Level.SAFETY);
    }

    private static SearchReport search(String rules, long histories) {
        return new Search(
                        Checker.of(RuleBook.find(rules).get()),
                        SearchOptions.of(1).withHistories(histories).withWorkers(2),
                        SearchListener.NONE)
                .run();
    }
}
