package vmacheck.rules.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.check.trial.Trial;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.invariant.Invariants;
import vmacheck.invariant.Violation;
import vmacheck.rules.Decision;
import vmacheck.rules.RuleBook;

/// Each bug with its trigger: a history that shows it, and that is harmless without it.
class BugsTest {
    static List<String> bugs() {
        return Bugs.ALL.map(Bug::id).asJava();
    }

    private static Bug bug(String id) {
        return Bugs.find(id).get();
    }

    private static History trigger(Bug bug) {
        try (InputStream in = BugsTest.class.getResourceAsStream("/vmacheck/bugs/" + bug.id() + ".vma")) {
            return HistoryParser.parse(bug.id(), new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .history();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Vector<String> violated(vmacheck.rules.Rules rules, History history) {
        return Trial.of(rules)
                .run(history)
                .flatMap(verdict -> Vector.ofAll(verdict.violations()))
                .map(Violation::invariant);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void theTriggerViolatesTheInvariant(String id) {
        Bug bug = bug(id);
        assertThat(violated(bug.rules(), trigger(bug))).contains(bug.invariant());
        assertThat(Invariants.find(bug.invariant()).isDefined()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void theTriggerHoldsWithoutTheBug(String id) {
        Bug bug = bug(id);
        assertThat(Trial.of(bug.fixed()).failure(trigger(bug))).isEmpty();
        assertThat(violated(bug.fixed(), trigger(bug))).doesNotContain(bug.invariant());
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void itIsOneAnswer(String id) {
        Vector<Decision<?>> differences = bug(id).rules().differences(bug(id).fixed());
        assertThat(differences.map(Decision::name)).hasSize(1);
        assertThat(trigger(bug(id)).size()).isLessThanOrEqualTo(bug(id).mostCalls());
    }

    @ParameterizedTest
    @MethodSource("bugs")
    @DisplayName(
            "what a hunt found is saved: no longer than the trigger, broken by the bug, held by the version without")
    void itsCounterexampleIsSaved(String id) {
        Bug bug = bug(id);
        Vector<Counterexample> saved = new Corpus(Corpus.DEFAULT_ROOT)
                .list()
                .map(Corpus::load)
                .filter(counterexample -> id.equals(counterexample.rules()));
        assertThat(saved).isNotEmpty().allSatisfy(counterexample -> {
            History history = counterexample.history();
            assertThat(counterexample.violates()).isEqualTo(bug.invariant());
            assertThat(history.size()).isLessThanOrEqualTo(bug.mostCalls());
            assertThat(violated(bug.rules(), history)).contains(bug.invariant());
            assertThat(counterexample.holds()).contains(bug.fixed().name());
            assertThat(violated(bug.fixed(), history)).doesNotContain(bug.invariant());
            assertThat(Trial.of(bug.fixed()).failure(history)).isEmpty();
            assertThat(bug.alsoIn())
                    .allSatisfy(
                            version -> assertThat(violated(version, history)).contains(bug.invariant()));
        });
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void itStandsOnAKernelVersion(String id) {
        assertThat(bug(id).alsoIn().append(bug(id).fixed())).isSubsetOf(RuleBook.ALL);
        assertThat(bug(id).fixed().name()).startsWith("linux-");
    }

    @Test
    void namesAreUnique() {
        assertThat(Bugs.ALL.map(Bug::id).distinct().size()).isEqualTo(Bugs.ALL.size());
    }
}
