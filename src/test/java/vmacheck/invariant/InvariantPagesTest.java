package vmacheck.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.check.trial.Trial;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.mutants.Mutants;

/// Each page in the folder `invariants` is true: its examples are run.
class InvariantPagesTest {
    private static final Vector<InvariantPage> PAGES = Invariants.ALL
            .map(Invariant::name)
            .filter(InvariantPagesTest::isThere)
            .map(InvariantPage::read);

    private static boolean isThere(String name) {
        return Files.exists(InvariantPage.FOLDER.resolve(name + ".md"));
    }

    @Test
    void everyInvariantHasAPageAndEveryPageAnInvariant() throws IOException {
        try (Stream<Path> files = Files.list(InvariantPage.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Invariants.ALL.map(invariant -> invariant.name() + ".md"));
        }
    }

    @Test
    void everyMutantIsNamedByAPage() {
        assertThat(PAGES.flatMap(page -> page.breaks().head().rules())).containsAll(Mutants.ALL.map(Rules::name));
    }

    @TestFactory
    Stream<DynamicTest> everyPageHasItsPartsInOrder() {
        return PAGES.toJavaStream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> {
                    assertThat(page.text().lines().filter(line -> line.startsWith("#")))
                            .startsWith("# " + page.name(), "## Formula", "## Why it matters", "## Kernel source")
                            .endsWith("## It holds", "## It breaks");
                    assertThat(page.holds()).hasSize(1);
                    assertThat(page.breaks()).hasSize(1);
                    assertThat(page.breaks().head().rules()).hasSize(1);
                    assertThat(page.text().lines())
                            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyHoldingExampleHolds() {
        return PAGES.toJavaStream()
                .flatMap(page -> page.holds()
                        .head()
                        .rules()
                        .toJavaStream()
                        .map(rules -> DynamicTest.dynamicTest(page.name() + " under " + rules, () -> {
                            var example = page.holds().head();
                            Vector<Verdict> verdicts = run(example, InvariantPage.rules(rules));
                            assertThat(verdicts.flatMap(verdict -> counted(page, verdict)))
                                    .isEmpty();
                            assertResults(example, verdicts);
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyBreakingExampleBreaksAtItsLastCall() {
        return PAGES.toJavaStream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> {
                    var example = page.breaks().head();
                    Vector<Verdict> verdicts =
                            run(example, InvariantPage.rules(example.rules().head()));
                    assertThat(verdicts.init().flatMap(verdict -> counted(page, verdict)))
                            .as("before the last call")
                            .isEmpty();
                    assertThat(counted(page, verdicts.last()))
                            .as("at the last call")
                            .containsExactlyInAnyOrderElementsOf(page.together().prepend(page.name()));
                    assertResults(example, verdicts);
                }));
    }

    @TestFactory
    Stream<DynamicTest> noCallOfABreakingExampleCanBeLeftOut() {
        return PAGES.toJavaStream()
                .map(page -> DynamicTest.dynamicTest(page.name(), () -> {
                    var example = page.breaks().head();
                    Rules rules = InvariantPage.rules(example.rules().head());
                    History history = example.transcript().history();
                    Vector<String> atLast = counted(page, run(example, rules).last());
                    for (int i = 0; i < history.size() - 1; i++) {
                        History shorter = history.withCalls(history.calls().removeAt(i));
                        assertThat(run(shorter, rules, example.damage()).map(verdict -> counted(page, verdict)))
                                .as("without " + CallText.print(history.calls().get(i)))
                                .doesNotContain(atLast);
                    }
                }));
    }

    /// What a page is about: all that must hold, and the invariant itself if it is advice.
    private static Vector<String> counted(InvariantPage page, Verdict verdict) {
        return Vector.ofAll(verdict.violations())
                .filter(violation -> violation.level() == Level.SAFETY
                        || violation.invariant().equals(page.name()))
                .map(Violation::invariant);
    }

    private static void assertResults(InvariantPage.Example example, Vector<Verdict> verdicts) {
        Vector<Result> written =
                example.transcript().results().map(result -> result.getOrElseThrow(AssertionError::new));
        assertThat(verdicts.map(verdict -> verdict.step().result())).isEqualTo(written);
    }

    private static Vector<Verdict> run(InvariantPage.Example example, Rules rules) {
        return run(example.transcript().history(), rules, example.damage());
    }

    private static Vector<Verdict> run(History history, Rules rules, String damage) {
        if (damage.isEmpty()) {
            return Trial.of(rules).run(history);
        }
        Vector<Verdict> sound =
                Trial.of(rules).run(history.withCalls(history.calls().init()));
        Situation situation = sound.isEmpty()
                ? Situation.start(history.setup())
                : sound.last().after();
        return sound.append(damaged(rules, situation, history.calls().last(), damage));
    }

    /// A step of a kernel that damages the machine, with merging or without; judged as by [Judge].
    private static Verdict damaged(Rules rules, Situation situation, Call call, String damage) {
        Step step = Damages.damage(damage, new Kernel(rules).step(situation.machine(), call));
        boolean together = situation.machine() == situation.shadow() && !Judge.isMerged(step);
        Step shadow = together
                ? step
                : Damages.damage(damage, new Kernel(Linux.neverMerging(rules)).step(situation.shadow(), call));
        Observation observation = Observation.of(rules, step, shadow);
        List<Violation> violations = Invariants.ALL
                .flatMap(invariant -> Option.of(invariant.judge(observation)))
                .toJavaList();
        return new Verdict(step, new Situation(step.after(), shadow.after()), violations);
    }
}
