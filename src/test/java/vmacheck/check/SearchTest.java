package vmacheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmacheck.call.Call;
import vmacheck.check.Finding.Stage;
import vmacheck.check.shrink.SimplerThan;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Level;
import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.linux.Linux;

class SearchTest {
    /// Enough to shrink well, not enough to look everywhere for something simpler.
    private static final long BRIEF = 100_000;

    private static final Checker HOLDS = Checker.of(Linux.V6_18);
    private static final Checker BROKEN = Checker.of(Linux.V6_16);

    /// A checker that minds every munmap that succeeds.
    private static Checker munmapHater(Level level) {
        return Scratch.checker(
                "no-munmap",
                level,
                step -> step.call() instanceof Call.Munmap && step.result().isSuccess() ? "it is gone" : null);
    }

    private static SearchReport run(Checker checker, SearchOptions options) {
        return new Search(checker, options, SearchListener.NONE).run();
    }

    @Test
    void linuxHolds() {
        SearchReport report = run(HOLDS, SearchOptions.of(1).withHistories(3000).withWorkers(2));
        assertThat(report.histories()).isEqualTo(3000);
        assertThat(report.steps()).isEqualTo(3000 * 40);
        assertThat(report.failing()).isZero();
        assertThat(report.findings()).isEmpty();
        assertThat(report.holds()).isTrue();
        assertThat(report.interrupted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theBugOfLinux616IsFoundFromAnySeedInAFewCalls(long seed) {
        SearchReport report =
                run(BROKEN, SearchOptions.of(seed).withHistories(20_000).withWorkers(2));
        assertThat(report.holds()).isFalse();
        Finding uncovered = report.findings()
                .find(finding -> finding.invariant().equals("chain-covers"))
                .get();
        assertThat(uncovered.stage()).isEqualTo(Stage.SIMPLEST);
        assertThat(uncovered.history().size()).isEqualTo(3);
        for (Finding finding : report.findings()) {
            assertThat(finding.history().size()).isLessThanOrEqualTo(6);
            assertThat(new Trial(BROKEN).failure(finding.history()).get().violations())
                    .contains(finding.violation());
            assertThat(new Trial(HOLDS).failure(finding.history())).isEmpty();
        }
    }

    @Test
    void whatIsFoundDoesNotDependOnTheWorkers() {
        SearchOptions options = SearchOptions.of(7).withHistories(3000).withShrinkSteps(BRIEF);
        SearchReport one = run(BROKEN, options);
        SearchReport three = run(BROKEN, options.withWorkers(3));
        assertThat(three.findings()).isEqualTo(one.findings()).isNotEmpty();
        assertThat(three.counts()).isEqualTo(one.counts());
        assertThat(three.histories()).isEqualTo(one.histories());
        assertThat(three.steps()).isEqualTo(one.steps());
        assertThat(three.coverage().counters()).isEqualTo(one.coverage().counters());
    }

    @Test
    void aSearchEndsWithTheRoundInWhichItFoundSomething() {
        SearchOptions options = SearchOptions.of(1).withHistories(5000);
        assertThat(run(munmapHater(Level.SAFETY), options).histories()).isEqualTo(1024);
        SearchReport all = run(munmapHater(Level.SAFETY), options.withKeepGoing(true));
        assertThat(all.histories()).isEqualTo(5000);
        assertThat(all.findings()).hasSize(1);
        assertThat(all.counts().get("no-munmap").get()).isEqualTo(all.failing());
    }

    @Test
    void adviceIsCountedAndNoFailure() {
        SearchReport report = run(munmapHater(Level.ADVICE), SearchOptions.of(1).withHistories(200));
        assertThat(report.histories()).isEqualTo(200);
        assertThat(report.steps()).isEqualTo(200 * 40);
        assertThat(report.holds()).isTrue();
        assertThat(report.failing()).isZero();
        assertThat(report.counts().get("no-munmap").get()).isGreaterThan(100);
        assertThat(report.advice()).hasSize(1);
        assertThat(report.advice().get(0).history().calls()).containsExactly(new Call.Munmap(0, 0, 1));
    }

    @Test
    void adviceIsAFailureIfOneIsStrict() {
        SearchReport report = run(
                munmapHater(Level.ADVICE),
                SearchOptions.of(1).withHistories(200).withStrict(true));
        assertThat(report.holds()).isFalse();
        assertThat(report.advice()).isEmpty();
        assertThat(report.findings().get(0).history().calls()).containsExactly(new Call.Munmap(0, 0, 1));
    }

    @Test
    void everyFindingIsToldRawAndThenOnlyGetsSimpler() {
        List<Finding> told = new ArrayList<>();
        SearchListener listener = new SearchListener() {
            @Override
            public void found(Finding finding) {
                assertThat(finding.stage()).isEqualTo(Stage.RAW);
                assertThat(finding.number()).isEqualTo(told.size());
                told.add(finding);
            }

            @Override
            public void improved(Finding finding) {
                Finding before = told.set(finding.number(), finding);
                assertThat(SimplerThan.ORDER.compare(finding.history(), before.history()))
                        .isLessThanOrEqualTo(0);
                assertThat(finding.invariant()).isEqualTo(before.invariant());
            }
        };
        SearchReport report = new Search(
                        BROKEN,
                        SearchOptions.of(3).withHistories(5000).withWorkers(2).withShrinkSteps(BRIEF),
                        listener)
                .run();
        assertThat(Vector.ofAll(told)).containsAll(report.findings());
    }

    @Test
    void anInterruptedSearchReturnsWhatItHas() {
        AtomicReference<Search> search = new AtomicReference<>();
        SearchListener listener = new SearchListener() {
            @Override
            public void found(Finding finding) {
                search.get().interrupt();
            }
        };
        search.set(new Search(BROKEN, SearchOptions.of(1).withKeepGoing(true), listener));
        SearchReport report = search.get().run();
        assertThat(report.interrupted()).isTrue();
        assertThat(report.findings()).isNotEmpty();
        for (Finding finding : report.findings()) {
            assertThat(finding.stage()).isEqualTo(Stage.SIMPLER);
            assertThat(new Trial(BROKEN).failure(finding.history())).isNotEmpty();
        }
    }

    @Test
    void withoutTimeNothingIsBegun() {
        assertThat(run(HOLDS, SearchOptions.of(1).withLimit(Duration.ZERO)).histories())
                .isZero();
        assertThat(run(HOLDS, SearchOptions.of(1).withHistories(0)).histories()).isZero();
    }

    @Test
    void aTimeLimitEndsASearchThatHolds() {
        SearchReport report = run(HOLDS, SearchOptions.of(1).withLimit(Duration.ofMillis(300)));
        assertThat(report.histories()).isPositive();
        assertThat(report.steps()).isEqualTo(report.histories() * 40);
    }

    @Test
    void anExceptionOutOfTheModelIsAFinding() {
        Checker failing = Checker.of(
                Linux.V6_18.with(Decisions.MOVED_PGOFF, new Answer<>("none", "a test", (_, _, _, _, _, _) -> {
                    throw new IllegalStateException("no offset");
                })));
        SearchReport report = run(failing, SearchOptions.of(1).withHistories(1024));
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).invariant()).isEqualTo("model-defect");
        assertThat(report.findings().get(0).violation().message()).contains("no offset");
        assertThat(report.findings().get(0).history().size()).isEqualTo(2);
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> SearchOptions.of(1).withWorkers(0)).hasMessage("workers must not be 0");
        assertThatThrownBy(() -> SearchOptions.of(1).withLength(0)).hasMessage("length must not be 0");
        assertThatThrownBy(() -> SearchOptions.of(1).withHistories(-1)).hasMessage("histories must not be -1");
    }
}
