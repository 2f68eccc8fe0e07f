package vmacheck.check.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.rules.linux.Linux;

class TrialTest {
    /// Faulted memory joins an unfaulted neighbour, which then maps a page that its chain does not cover.
    private static final History LOST = HistoryParser.history("""
        P0: mmap(0, 2, rw, private|anonymous|populate)
        P0: mremap(0, 2, 2, maymove|dontunmap, 2)
        P0: mremap(2, 1, 1, maymove|fixed, 0)
        P0: read(0)
        """);

    @Test
    void runsAHistoryToItsEnd() {
        assertThat(Trial.of(Linux.V6_16).run(LOST)).hasSize(4);
        assertThat(HistoryPrinter.print(Trial.of(Linux.V6_18).transcript(LOST))).isEqualTo("""
            P0: mmap(0, 2, rw, private|anonymous|populate) = 0
            P0: mremap(0, 2, 2, maymove|dontunmap, 2) = 2
            P0: mremap(2, 1, 1, maymove|fixed, 0) = 0
            P0: read(0) = 0
            """);
    }

    @Test
    void namesTheFirstCallThatViolates() {
        Failure failure = Trial.of(Linux.V6_16).failure(LOST).get();
        assertThat(failure.call()).isEqualTo(2);
        assertThat(failure.violations().map(violation -> violation.invariant())).contains("chain-covers");
        assertThat(Trial.of(Linux.V6_18).failure(LOST)).isEmpty();
    }
}
