package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmacheck.rules.linux.Linux;

/// Hidden state that was read out of a running 6.18.44: anon_vmas, chains, folios.
class ReverseMapExamplesTest {
    private static Look after(String history) {
        return Look.after(Linux.V6_18, history);
    }

    @Test
    void theFirstFaultBorrowsOnlyFromADirectNeighbour() {
        Look look = after("""
            P0: mmap(10, 4, rw, private|anonymous|fixed)
            P0: mprotect(12, 2, r)
            P0: write(10)
            P0: mmap(14, 2, rwx, private|anonymous|fixed)
            P0: write(14)
            """);
        assertThat(look.vma(0, 10)).isEqualTo("[10,12) rw-p p10 A0 [0]");
        assertThat(look.vma(0, 12)).isEqualTo("[12,14) r--p p12");
        assertThat(look.vma(0, 14)).isEqualTo("[14,16) rwxp p14 A1 [1]");
        assertThat(look.page(0, 14)).isEqualTo("F1(A1,14) mc1 E");
    }

    @Test
    void aMoveThereAndBackLeavesPagesAloneAndMergesAgain() {
        String away = """
            P0: mmap(10, 4, rw, private|anonymous|fixed)
            P0: write(10)
            P0: write(13)
            P0: mremap(12, 2, 2, maymove|fixed, 30)
            """;
        Look moved = after(away);
        assertThat(moved.vma(0, 30)).isEqualTo("[30,32) rw-p p12 A0 [0]");
        assertThat(moved.page(0, 31)).isEqualTo("F1(A0,13) mc1 E");
        assertThat(moved.anonVma(0)).isEqualTo("A0 {children 1, active 2, ref 1}");
        Look back = after(away + "P0: mremap(30, 2, 2, maymove|fixed, 12)");
        assertThat(back.vma(0, 12)).isEqualTo("[10,14) rw-p p10 A0 [0]");
        assertThat(back.anonVma(0)).isEqualTo("A0 {children 1, active 1, ref 1}");
    }

    @Test
    void afterAForkTheFirstWriterCopiesAndTheLastReuses() {
        String forked = """
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            P0: fork()
            """;
        Look shared = after(forked);
        assertThat(shared.vma(1, 10)).isEqualTo("[10,12) rw-p p10 A1 [0, 1]");
        assertThat(shared.page(1, 10)).isEqualTo("F0(A0,10) mc2");
        assertThat(shared.anonVma(0)).isEqualTo("A0 {children 2, active 1, ref 2}");
        assertThat(shared.anonVma(1)).isEqualTo("A1 {children 0, active 1, ref 1} parent A0");
        Look copied = after(forked + "P0: write(10)");
        assertThat(copied.page(0, 10)).isEqualTo("F1(A0,10) mc1 E");
        assertThat(copied.page(1, 10)).isEqualTo("F0(A0,10) mc1");
        Look reused = after(forked + "P0: write(10)\nP1: write(10)");
        assertThat(reused.page(1, 10)).isEqualTo("F0(A1,10) mc1 E");
    }

    @Test
    void aForkTakesOverTheAnonVmaOfADeadGeneration() {
        Look look = after("""
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            P0: fork()
            P1: write(10)
            P1: fork()
            P1: exit()
            P2: fork()
            """);
        assertThat(look.vma(3, 10)).isEqualTo("[10,12) rw-p p10 A1 [0, 1, 2]");
        assertThat(look.anonVma(1)).isEqualTo("A1 {children 1, active 1, ref 1} parent A0");
        assertThat(look.page(3, 10)).isEqualTo("F1(A1,10) mc2");
    }

    @Test
    void piecesOfOneVmaGetDifferentAnonVmasInTheChild() {
        Look look = after("""
            P0: mmap(10, 4, rw, private|anonymous|fixed)
            P0: write(10)
            P0: write(13)
            P0: mprotect(12, 2, r)
            P0: fork()
            P0: mprotect(12, 2, rw)
            P1: mprotect(12, 2, rw)
            """);
        assertThat(look.vma(0, 10)).isEqualTo("[10,14) rw-p p10 A0 [0]");
        assertThat(look.vma(1, 10)).isEqualTo("[10,12) rw-p p10 A1 [0, 1]");
        assertThat(look.vma(1, 12)).isEqualTo("[12,14) rw-p p12 A2 [0, 2]");
        assertThat(look.anonVma(0)).isEqualTo("A0 {children 3, active 1, ref 3}");
    }

    @Test
    void aPartThatIsKeptMappedSharesTheAnonVmaAndTheIndices() {
        Look look = after("""
            P0: mmap(10, 4, rw, private|anonymous|fixed)
            P0: write(10)
            P0: write(12)
            P0: mremap(10, 2, 2, maymove|fixed|dontunmap, 30)
            P0: write(10)
            """);
        assertThat(look.vma(0, 10)).isEqualTo("[10,14) rw-p p10 A0 [0]");
        assertThat(look.vma(0, 30)).isEqualTo("[30,32) rw-p p10 A0 [0]");
        assertThat(look.page(0, 30)).isEqualTo("F0(A0,10) mc1 E");
        assertThat(look.page(0, 10)).isEqualTo("F2(A0,10) mc1 E");
    }

    @Test
    void aWholeVmaThatIsKeptMappedBecomesUnfaulted() {
        Look look = after("""
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            P0: mremap(10, 2, 2, maymove|fixed|dontunmap, 30)
            P0: write(10)
            """);
        assertThat(look.vma(0, 10)).isEqualTo("[10,12) rw-p p10 A1 [1]");
        assertThat(look.page(0, 10)).isEqualTo("F1(A1,10) mc1 E");
        assertThat(look.page(0, 30)).isEqualTo("F0(A0,10) mc1 E");
    }

    @Test
    void aSharedSwapEntryThatIsReadBelongsToTheRoot() {
        String swapped = """
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            env: reclaim(P0, 10)
            P0: fork()
            """;
        assertThat(after(swapped).page(1, 10)).isEqualTo("swap0 x2");
        assertThat(after(swapped + "P1: read(10)").page(1, 10)).isEqualTo("F1(A0,10) mc1");
        Look both = after(swapped + "P1: read(10)\nP0: read(10)");
        assertThat(both.page(0, 10)).isEqualTo("F1(A0,10) mc2");
        Look written = after(swapped + "P1: read(10)\nP0: read(10)\nP1: write(10)");
        assertThat(written.page(1, 10)).isEqualTo("F2(A1,10) mc1 E");
        assertThat(written.page(0, 10)).isEqualTo("F1(A0,10) mc1");
    }

    @Test
    void aSharedSwapEntryThatIsWrittenFirstIsCopied() {
        Look look = after("""
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            env: reclaim(P0, 10)
            P0: fork()
            P1: write(10)
            P0: read(10)
            """);
        assertThat(look.page(1, 10)).endsWith("(A1,10) mc1 E");
        assertThat(look.page(0, 10)).endsWith("(A0,10) mc1");
    }

    @Test
    void whatIsPagedOutComesBackFromTheSwapCacheWithTheAnonVmaItHad() {
        String forked = """
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            P0: fork()
            P0: write(10)
            """;
        Look cached = after(forked + "P1: madvise(10, 1, pageout)\nP1: write(10)");
        assertThat(cached.page(1, 10)).isEqualTo("F0(A0,10) mc1 E");
        Look scarce = after(forked + "env: reclaim(P1, 10)\nP1: write(10)");
        assertThat(scarce.page(1, 10)).isEqualTo("F2(A1,10) mc1 E");
    }

    @Test
    void aPageThatNeedNotBeWrittenLeavesTheSwapCacheAtOnce() {
        String zeros = """
            P0: mmap(10, 2, rw, private|anonymous|fixed|populate)
            P0: fork()
            P0: write(10)
            P1: madvise(10, 1, pageout)
            P1: write(10)
            """;
        assertThat(after(zeros).page(1, 10)).endsWith("(A1,10) mc1 E");
        assertThat(Look.after(Linux.V6_1, zeros).page(1, 10)).endsWith("(A0,10) mc1 E");
        String again = """
            P0: mmap(10, 2, rw, private|anonymous|fixed)
            P0: write(10)
            P0: fork()
            P0: write(10)
            P1: madvise(10, 1, pageout)
            P1: read(10)
            P1: madvise(10, 1, pageout)
            P1: write(10)
            """;
        assertThat(after(again).page(1, 10)).endsWith("(A1,10) mc1 E");
    }

    @Test
    void before6_16TheChainGetsLostWhenFaultedMemoryMovesNextToUnfaulted() {
        String history = """
            P0: mmap(1, 1, rw, private|anonymous|fixed)
            P0: write(1)
            P0: mremap(1, 1, 1, maymove|fixed, 50)
            P0: mmap(2, 1, rw, private|anonymous|fixed)
            P0: mremap(50, 1, 1, maymove|fixed, 1)
            """;
        assertThat(Look.after(Linux.V6_18, history).vma(0, 1)).isEqualTo("[1,3) rw-p p1 A0 [0]");
        Look broken = Look.after(Linux.V6_16, history);
        assertThat(broken.vma(0, 1)).isEqualTo("[1,3) rw-p p1");
        assertThat(broken.anonVma(0)).endsWith("freed");
        assertThat(Look.after(Linux.V5_17, history).vma(0, 2)).isEqualTo("[2,3) rw-p p2");
    }
}
