package vmacheck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// Every saved counterexample still is one, and still holds where it is said to hold.
class SavedCounterexamplesTest {
    private static final Corpus CORPUS = new Corpus(Corpus.DEFAULT_ROOT);

    @TestFactory
    @DisplayName("each file violates what it says under its rules, with the results that it says")
    Stream<DynamicTest> violates() {
        return CORPUS.list()
                .toJavaStream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    Counterexample counterexample = Corpus.load(file);
                    Replay replay = replay(file, counterexample, Objects.requireNonNull(counterexample.rules()));
                    assertThat(replay.violated()).contains(counterexample.violates());
                    assertThat(replay.differingCall()).isEmpty();
                    assertThat(counterexample.results()).allMatch(result -> result.isDefined());
                    assertThat(replay.verdicts()
                                    .indexWhere(verdict -> verdict.violations().stream()
                                            .anyMatch(violation ->
                                                    violation.invariant().equals(counterexample.violates()))))
                            .as("it ends with the call that fails")
                            .isEqualTo(counterexample.history().size() - 1);
                }));
    }

    @TestFactory
    @DisplayName("each file holds under the rules under which it says so")
    Stream<DynamicTest> holds() {
        return CORPUS.list()
                .flatMap(file -> {
                    Counterexample counterexample = Corpus.load(file);
                    return counterexample
                            .holds()
                            .map(rules -> dynamicTest(
                                    rules + ": " + file,
                                    () -> assertThat(replay(file, counterexample, rules)
                                                    .violated())
                                            .isEmpty()));
                })
                .toJavaStream();
    }

    @Test
    @DisplayName("each file stands where a search would save it")
    void standsWhereItBelongs() {
        Vector<Path> files = CORPUS.list();
        assertThat(files)
                .isNotEmpty()
                .allMatch(file -> CORPUS.pathOf(Corpus.load(file)).equals(file));
    }

    private static Replay replay(Path file, Counterexample counterexample, String rules) {
        Rules found = RuleBook.find(rules).getOrElseThrow(() -> new AssertionError(file + " names " + rules));
        return Replay.run(file.toString(), counterexample, found);
    }
}
