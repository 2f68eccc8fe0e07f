package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.kernel.Kernel;
import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Finding rules that do what a kernel did.
class StandInsTest {
    /// Two mappings that touch: one VMA, or with merging switched off two.
    private static final History TOUCHING = HistoryParser.history("""
        P0: mmap(0, 1, rw, private|anonymous|fixed)
        P0: mmap(1, 1, rw, private|anonymous|fixed)
        P0: munmap(0, 2)
        """);

    private static final int JOINED = 1;

    private static final LiveKernel KERNEL = new ModelDoor(Linux.V6_18).kernel();

    private static Observed observed(Rules rules) {
        return Imagined.of(Run.of(new Kernel(rules), 0, TOUCHING).steps());
    }

    private static Run run(Rules rules) {
        return Run.of(new Kernel(rules), 0, TOUCHING);
    }

    @Test
    @DisplayName("the one answer that makes the difference is exchanged, and no other")
    void oneAnswer() {
        StandIns standIns = new StandIns(Linux.NEVER_MERGE, KERNEL, Aspect.observable());
        Rules found = standIns.find(run(Linux.NEVER_MERGE), observed(Linux.V6_18), JOINED);
        assertThat(found).isNotNull();
        assertThat(found.name()).isEqualTo("merging = yes");
        assertThat(found.differences(Linux.NEVER_MERGE)).isEqualTo(Vector.of(Decisions.MERGING));
    }

    @Test
    @DisplayName("it need not do what the kernel did after the difference")
    void onlyUpToTheDifference() {
        Observed seen = observed(Linux.V6_18);
        Observed strange = new Observed(
                java.util.List.of(
                        seen.steps().get(0),
                        seen.steps().get(1),
                        new Observed.Step(
                                "P0: munmap(0, 2)",
                                "ENOSYS",
                                seen.steps().get(2).processes(),
                                seen.steps().get(2).anonVmas())),
                null);
        StandIns standIns = new StandIns(Linux.NEVER_MERGE, KERNEL, Aspect.observable());
        assertThat(standIns.find(run(Linux.NEVER_MERGE), strange, JOINED)).isNotNull();
        assertThat(standIns.find(run(Linux.NEVER_MERGE), strange, 2)).isNull();
    }

    @Test
    @DisplayName("where several answers differ, rules that are built in stand in")
    void builtIn() {
        Rules two = Linux.V6_18
                .with(Decisions.MERGING, Linux.NEVER_MERGE.answer(Decisions.MERGING))
                .with(Decisions.SEALING, new Answer<>("no", "here", false))
                .named("two", "two answers exchanged");
        History history = HistoryParser.history("""
            P0: mmap(0, 1, rw, private|anonymous|fixed)
            P0: mmap(1, 1, rw, private|anonymous|fixed)
            P0: mseal(0, 1)
            """);
        Run run = Run.of(new Kernel(two), 0, history);
        Observed kernel =
                Imagined.of(Run.of(new Kernel(Linux.V6_18), 0, history).steps());
        Rules found = new StandIns(two, KERNEL, Aspect.observable()).find(run, kernel, 2);
        assertThat(found).isIn(RuleBook.ALL);
    }

    @Test
    @DisplayName("nothing stands in for a kernel that is gone")
    void nobody() {
        StandIns standIns = new StandIns(Linux.NEVER_MERGE, KERNEL, Aspect.observable());
        Observed gone = new Observed(observed(Linux.V6_18).steps().subList(0, 1), "it crashed");
        assertThat(standIns.find(run(Linux.NEVER_MERGE), gone, JOINED)).isNull();
    }
}
