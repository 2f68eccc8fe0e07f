package vmacheck.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.check.trial.Trial;
import vmacheck.model.VmFlags;
import vmacheck.rules.Answer;
import vmacheck.rules.Decision;
import vmacheck.rules.Decisions;
import vmacheck.rules.VmaTest;
import vmacheck.rules.linux.Linux;

/// Rules by which a fork gives the child too much or too little.
class WrongForksTest {
    private static final String ADVISED = """
        P0: mmap(0, 1, rw, private|anonymous)
        P0: write(0)
        P0: madvise(0, 1, ADVICE)
        P0: fork()
        """;

    @Test
    @DisplayName("a child that gets memory advised dontfork has a VMA too many")
    void skipsNothing() {
        assertThat(violated(Decisions.FORK_SKIPS, (_, _) -> false, "dontfork")).containsExactly("flags-as-asked");
        assertThat(violated(Decisions.FORK_SKIPS, (_, vma) -> vma.has(VmFlags.DONTCOPY), "dontfork"))
                .isEmpty();
    }

    @Test
    @DisplayName("a child that does not get ordinary memory has a VMA too few")
    void skipsAll() {
        assertThat(violated(Decisions.FORK_SKIPS, (_, _) -> true, "normal")).contains("flags-as-asked");
    }

    @Test
    @DisplayName("a child that gets the contents of memory advised wipeonfork reads what it must not")
    void wipesNothing() {
        assertThat(violated(Decisions.FORK_WIPES, (_, _) -> false, "wipeonfork"))
                .containsExactly("private-stays-private");
        assertThat(violated(Decisions.FORK_WIPES, (_, vma) -> vma.has(VmFlags.WIPEONFORK), "wipeonfork"))
                .isEmpty();
    }

    private static Vector<String> violated(Decision<VmaTest> decision, VmaTest answer, String advice) {
        History history = HistoryParser.parse("history", ADVISED.replace("ADVICE", advice))
                .history();
        return Trial.of(Linux.V6_18.with(decision, new Answer<>("another one", "this test", answer)))
                .run(history)
                .flatMap(verdict -> Vector.ofAll(verdict.violations()))
                .filter(violation -> violation.level() == Level.SAFETY)
                .map(Violation::invariant);
    }
}
