package vmacheck.check.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.Scratch;
import vmacheck.check.generate.Generator;
import vmacheck.check.trial.Checker;
import vmacheck.check.trial.Failure;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Level;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.matena.Matena;

class ShrinkerTest {
    private static final Kernel KERNEL = new Kernel(Linux.V6_18);

    /// The first generated history that fails.
    private static History failing(Checker checker, long seed) {
        Trial trial = new Trial(checker);
        for (int i = 0; ; i++) {
            History history = Generator.history(KERNEL, seed, i, 40);
            if (trial.failure(history).isDefined()) {
                return history;
            }
        }
    }

    private static String invariant(Checker checker, History history) {
        return new Trial(checker).failure(history).get().violations().get(0).invariant();
    }

    private static String shrunk(Function<Step, @Nullable String> judge, long seed) {
        Checker checker = Scratch.checker("made-up", Level.SAFETY, judge);
        ShrinkReport report = new Shrinker(checker).shrink(failing(checker, seed), "made-up");
        assertThat(report.finished()).isTrue();
        return HistoryPrinter.print(report.history());
    }

    @Test
    void aSingleCallIsEnoughForWhatASingleCallDoes() {
        assertThat(shrunk(step -> step.call() instanceof Call.Mprotect ? "no" : null, 1))
                .isEqualTo("P0: mprotect(0, 1, rw)\n");
        assertThat(shrunk(
                        step -> step.call() instanceof Call.Madvise c && c.advice() == Advice.PAGEOUT ? "no" : null, 1))
                .isEqualTo("P0: madvise(0, 1, pageout)\n");
        assertThat(shrunk(step -> step.call() instanceof Call.Mmap c && c.length() >= 3 ? "no" : null, 1))
                .isEqualTo("P0: mmap(0, 3, rw, private|anonymous)\n");
    }

    @Test
    void processesGoUnlessTheyAreNeeded() {
        assertThat(shrunk(step -> step.call().process() == 2 ? "no" : null, 1)).isEqualTo("""
            P0: fork()
            P0: fork()
            P2: write(0)
            """);
        assertThat(shrunk(step -> step.after().processes().size() == 4 ? "no" : null, 1))
                .isEqualTo("""
                    P0: fork()
                    P0: fork()
                    P0: fork()
                    """);
    }

    @Test
    void mappingAndWritingBecomeOneCall() {
        assertThat(shrunk(step -> anonymousFolios(step) >= 2 ? "no" : null, 2))
                .isEqualTo("P0: mmap(0, 2, rw, private|anonymous|populate)\n");
    }

    private static int anonymousFolios(Step step) {
        int count = 0;
        for (int i = 0; i < step.after().folios().size(); i++) {
            count += step.after().folios().get(i) instanceof Folio folio && folio.anonymous() ? 1 : 0;
        }
        return count;
    }

    @Test
    void everythingMovesToTheFirstPages() {
        assertThat(shrunk(ShrinkerTest::hasTwoVmas, 1)).isEqualTo("""
            P0: mmap(0, 1, rw, private|anonymous)
            P0: mmap(2, 1, rw, private|anonymous)
            """);
    }

    private static @Nullable String hasTwoVmas(Step step) {
        return step.after().processes().get(0) instanceof vmacheck.model.Process process
                        && process.space().vmas().size() == 2
                        && process.space().vma(1).end() < 32
                ? "two"
                : null;
    }

    @Test
    void theLimitOfVmasGoesUnlessItIsNeeded() {
        assertThat(shrunk(
                        step -> step.call() instanceof Call.Mremap
                                        && step.before().setup().maxMapCount() < 100
                                        && step.after().nextVma() > 2
                                ? "no"
                                : null,
                        1))
                .startsWith("max-map-count: ")
                .hasLineCount(4);
    }

    @Test
    void swappedPagesAreKept() {
        assertThat(shrunk(
                        step -> step.after().processes().get(0) instanceof vmacheck.model.Process process
                                        && process.space().pages().get(3) instanceof Pte.Swap
                                ? "swapped"
                                : null,
                        1))
                .isEqualTo("""
                    P0: mmap(3, 1, rw, private|anonymous|populate)
                    P0: madvise(3, 1, pageout)
                    """);
    }

    static Stream<Rules> brokenRules() {
        return Stream.of(
                Linux.V6_16, Scratch.loosingChains(), Scratch.lendingAny(), Scratch.modifyingWithoutChain(), Matena.V1);
    }

    /// Several seeds of one bug end in one file.
    @ParameterizedTest
    @MethodSource("brokenRules")
    void equalBugsEndEqual(Rules rules) {
        Checker checker = Checker.of(rules);
        String wanted = invariant(checker, failing(checker, 0));
        TreeSet<String> forms = new TreeSet<>();
        int runs = 0;
        for (long seed = 0; runs < 4; seed++) {
            History history = failing(checker, seed);
            if (invariant(checker, history).equals(wanted)) {
                ShrinkReport report = new Shrinker(checker).shrink(history, wanted);
                assertThat(report.finished()).isTrue();
                forms.add(HistoryPrinter.print(report.history()));
                runs++;
            }
        }
        assertThat(forms).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void noCallCanGoAndNoArgumentCanBeSimpler(Rules rules) {
        Checker checker = Checker.of(rules);
        History raw = failing(checker, 1);
        String invariant = invariant(checker, raw);
        Script script = Script.of(new Shrinker(checker).shrink(raw, invariant).history());
        int tried = 0;
        for (int i = 0; i < script.size(); i++) {
            assertThat(fails(checker, script.without(i), invariant))
                    .as("without call %d", i)
                    .isFalse();
            Term term = script.get(i);
            for (int k = 0; k < term.roles().length; k++) {
                for (int value : SimplifyArguments.simplerValues(script, term, k)) {
                    tried++;
                    Script simpler = script.with(i, term.with(k, value));
                    assertThat(simpler.fits() && fails(checker, simpler, invariant))
                            .as(HistoryPrinter.print(simpler.history()))
                            .isFalse();
                }
            }
            for (int process = 0; process < term.process; process++) {
                assertThat(fails(checker, script.with(i, term.by(process)), invariant))
                        .isFalse();
            }
        }
        assertThat(tried).isGreaterThan(3);
    }

    private static boolean fails(Checker checker, Script script, String invariant) {
        return new Trial(checker)
                .failure(script.history())
                .map(Failure::violations)
                .getOrElse(Vector.empty())
                .map(Violation::invariant)
                .contains(invariant);
    }

    /// A history that violates something else first is another bug.
    @Test
    void neverSlipsToAnotherInvariant() {
        Checker writes =
                Scratch.checker("writes", Level.SAFETY, step -> step.call() instanceof Call.Write ? "w" : null);
        Checker both = (situation, call) ->
                call instanceof Call.Munmap && situation.machine().writes() == 0
                        ? Scratch.checker("unmaps", Level.SAFETY, _ -> "u").step(situation, call)
                        : writes.step(situation, call);
        History history = failing(both, 4);
        String invariant = invariant(both, history);
        ShrinkReport report = new Shrinker(both).shrink(history, invariant);
        assertThat(invariant(both, report.history())).isEqualTo(invariant);
        assertThat(report.history().size()).isEqualTo(1);
    }

    @Test
    void aHistoryThatHoldsCannotBeShrunk() {
        Checker checker = Checker.of(Linux.V6_18);
        History history = Generator.history(KERNEL, 1, 1, 10);
        assertThatThrownBy(() -> new Shrinker(checker).shrink(history, "mapcount"))
                .hasMessage("the history does not violate mapcount first of all");
    }

    @Test
    void everyImprovementFailsAlikeAndIsSimpler() {
        Checker checker = Checker.of(Linux.V6_16);
        History raw = failing(checker, 5);
        String invariant = invariant(checker, raw);
        List<History> improvements = new ArrayList<>(List.of(raw));
        ShrinkReport report =
                new Shrinker(checker).shrink(raw, invariant, Vector.empty(), improvements::add, () -> false);
        for (int i = 1; i < improvements.size(); i++) {
            assertThat(SimplerThan.ORDER.compare(improvements.get(i), improvements.get(i - 1)))
                    .isNegative();
            assertThat(fails(checker, Script.of(improvements.get(i)), invariant))
                    .isTrue();
        }
        assertThat(improvements.getLast()).isEqualTo(report.history());
    }

    @Test
    void anInterruptOrAnEmptyBudgetLeavesTheBestSoFar() {
        Checker checker = Checker.of(Linux.V6_16);
        History raw = failing(checker, 5);
        String invariant = invariant(checker, raw);
        AtomicInteger looks = new AtomicInteger();
        ShrinkReport interrupted = new Shrinker(checker)
                .shrink(raw, invariant, Vector.empty(), _ -> {}, () -> looks.incrementAndGet() > 20);
        assertThat(interrupted.finished()).isFalse();
        assertThat(fails(checker, Script.of(interrupted.history()), invariant)).isTrue();
        ShrinkReport poor = new Shrinker(checker, 200).shrink(raw, invariant);
        assertThat(poor.finished()).isFalse();
        assertThat(poor.steps()).isBetween(200L, 300L);
        assertThat(fails(checker, Script.of(poor.history()), invariant)).isTrue();
    }

    @Test
    void whoeverComesToAKnownNormalFormHasArrived() {
        Checker checker = Checker.of(Linux.V6_16);
        History raw = failing(checker, 5);
        String invariant = invariant(checker, raw);
        ShrinkReport first = new Shrinker(checker).shrink(raw, invariant);
        ShrinkReport second = new Shrinker(checker)
                .shrink(first.history(), invariant, Vector.of(first.history()), _ -> {}, () -> false);
        assertThat(second.history()).isEqualTo(first.history());
        assertThat(second.finished()).isTrue();
        assertThat(second.steps()).isLessThan(first.steps() / 4);
    }

    @Test
    void theReportSaysWhatEachPassDid() {
        Checker checker = Checker.of(Linux.V6_16);
        History raw = failing(checker, 5);
        ShrinkReport report = new Shrinker(checker).shrink(raw, invariant(checker, raw));
        assertThat(report.passes().map(ShrinkReport.PassCount::candidates).sum().longValue())
                .isEqualTo(report.candidates());
        assertThat(report.passes()
                        .find(pass -> pass.pass().equals("drop chunks"))
                        .get()
                        .taken())
                .isPositive();
        assertThat(report.table()).startsWith("pass ").contains("simplify arguments");
        assertThat(new Shrinker(checker).shrink(raw, invariant(checker, raw))).isEqualTo(report);
    }
}
