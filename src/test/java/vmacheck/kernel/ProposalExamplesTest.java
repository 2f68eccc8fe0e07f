package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.matena.Matena;
import vmacheck.rules.stoakes.RelocateAnon;

/// What the proposals do where they differ: from the kernel that they stand on, and from each other. P0 is the process
/// that acts, pages of the arena are the addresses.
class ProposalExamplesTest {
    /// [0,2) touched, the first page moves to 2: it would fit behind the second one.
    private static final String PART_MOVES = """
        P0: mmap(0, 2, rw, private|anonymous|populate)
        P0: mremap(0, 1, 1, maymove|fixed, 2)
        """;

    /// [0,1) touched and forked, then moved.
    private static final String FORKED_MOVES = """
        P0: mmap(0, 1, rw, private|anonymous|populate)
        P0: fork()
        P0: mremap(0, 1, 1, maymove|fixed, 8)
        """;

    /// [2,3) touched and forked, [0,1) touched: a mapping fills the hole.
    private static final String HOLE_BELOW_FORKED = """
        P0: mmap(2, 1, rw, private|anonymous|populate)
        P0: fork()
        P0: mmap(0, 1, rw, private|anonymous|populate)
        P0: mmap(1, 1, rw, private|anonymous)
        """;

    /// Two touched VMAs with a hole between them, then the hole is filled.
    private static final String HOLE = """
        P0: mmap(0, 1, rw, private|anonymous|populate)
        P0: mmap(2, 1, rw, private|anonymous|populate)
        P0: mmap(1, 1, rw, private|anonymous)
        """;

    /// Privately written pages 0 and 1 of a file, mapped apart; the first is moved below the second.
    private static final String FILE_MOVES = """
        P0: mmap(0, 1, rw, private|populate, F0, 0)
        P0: mmap(2, 1, rw, private|populate, F0, 1)
        P0: mremap(0, 1, 1, maymove|fixed, 1)
        """;

    /// A swapped page whose folio P1 left in the swap cache moves to another address.
    private static final String SWAP_CACHE_MOVES = """
        P0: mmap(0, 1, rw, private|anonymous|populate)
        P0: madvise(0, 1, pageout)
        P0: fork()
        P1: write(0)
        P1: exit()
        P0: mremap(0, 1, 1, maymove|fixed, 8)
        """;

    /// Locked memory is copied beside itself and stays mapped.
    private static final String LOCKED_STAYS = """
        P0: mmap(0, 1, rw, private|anonymous|locked)
        P0: mremap(0, 1, 1, maymove|dontunmap, 1)
        """;

    /// The end of [0,3) is moved one page down, over its middle.
    private static final String MOVES_BESIDE_ITSELF = """
        P0: mmap(0, 3, rw, private|anonymous|populate)
        P0: mremap(2, 1, 1, maymove|fixed, 1)
        """;

    @Test
    @DisplayName(
            "the offset of moved memory: kept in 5.17, the destination's in the series; v1 rewrites what stays, too")
    void partMoves() {
        assertThat(vma(Linux.V5_17, PART_MOVES, 2)).isEqualTo("[2,3) rw-p p0 A0 [0]");
        for (Rules rules : new Rules[] {Matena.V3, Matena.PGOFF, Matena.MEANT_BOTH}) {
            assertThat(vma(rules, PART_MOVES, 2)).as(rules.name()).isEqualTo("[1,3) rw-p p1 A0 [0]");
            assertThat(page(rules, PART_MOVES, 1)).as(rules.name()).isEqualTo("F1(A0,1) mc1");
            assertThat(page(rules, PART_MOVES, 2)).as(rules.name()).isEqualTo("F0(A0,2) mc1");
        }
        assertThat(vma(Matena.ANON_VMA, PART_MOVES, 2)).isEqualTo("[2,3) rw-p p0 A0 [0]");
        assertThat(page(Matena.V1, PART_MOVES, 1)).isEqualTo("F1(A0,3) mc1");
    }

    @Test
    @DisplayName("forked memory keeps its offset, but in v3, where the test is the wrong way round")
    void forkedMoves() {
        for (Rules rules : new Rules[] {Linux.V5_17, Matena.V1, Matena.PGOFF, Matena.MEANT_BOTH}) {
            assertThat(vma(rules, FORKED_MOVES, 8)).as(rules.name()).isEqualTo("[8,9) rw-p p0 A0 [0]");
        }
        assertThat(vma(Matena.V3, FORKED_MOVES, 8)).isEqualTo("[8,9) rw-p p8 A0 [0]");
        assertThat(page(Matena.V3, FORKED_MOVES, 8)).isEqualTo("F0(A0,8) mc2");
    }

    @Test
    @DisplayName("different anon_vmas join around a hole, and the upper one's pages follow")
    void holeIsFilled() {
        assertThat(vma(Linux.V5_17, HOLE, 0)).isEqualTo("[0,2) rw-p p0 A0 [0]");
        assertThat(vma(Matena.PGOFF, HOLE, 0)).isEqualTo("[0,2) rw-p p0 A0 [0]");
        for (Rules rules : new Rules[] {Matena.V1, Matena.V3, Matena.ANON_VMA, Matena.MEANT_BOTH}) {
            assertThat(vma(rules, HOLE, 0)).as(rules.name()).isEqualTo("[0,3) rw-p p0 A0 [0]");
            assertThat(page(rules, HOLE, 2)).as(rules.name()).isEqualTo("F1(A0,2) mc1");
        }
    }

    @Test
    @DisplayName("v1 asks the lower VMA whether it is shared, and rewrites the pages of the upper one")
    void holeBelowForkedMemory() {
        assertThat(page(Matena.V1, HOLE_BELOW_FORKED, 2)).isEqualTo("F0(A2,2) mc2");
        for (Rules rules : new Rules[] {Matena.V3, Matena.ANON_VMA, Matena.MEANT_BOTH}) {
            assertThat(page(rules, HOLE_BELOW_FORKED, 2)).as(rules.name()).isEqualTo("F0(A0,2) mc2");
            assertThat(vma(rules, HOLE_BELOW_FORKED, 2)).as(rules.name()).isEqualTo("[2,3) rw-p p2 A0 [0]");
        }
    }

    @Test
    @DisplayName("pages of a file that mremap brings to another anon_vma: left behind in v1 and v3")
    void fileMoves() {
        for (Rules rules : new Rules[] {Matena.V1, Matena.V3}) {
            assertThat(page(rules, FILE_MOVES, 1)).as(rules.name()).isEqualTo("F1(A0,0) mc1");
            assertThat(vma(rules, FILE_MOVES, 1)).as(rules.name()).isEqualTo("[1,3) rw-p p0 A1 [1]");
        }
        for (Rules rules : new Rules[] {Matena.ANON_VMA, Matena.MEANT_BOTH}) {
            assertThat(page(rules, FILE_MOVES, 1)).as(rules.name()).isEqualTo("F1(A1,0) mc1");
            assertThat(vma(rules, FILE_MOVES, 1)).as(rules.name()).isEqualTo("[1,3) rw-p p0 A1 [1]");
        }
    }

    @Test
    @DisplayName("a page in the swap cache: v1 forgets it, v3 moves it with its old offset, as meant it follows")
    void swapCacheMoves() {
        assertThat(vma(Matena.V1, SWAP_CACHE_MOVES, 8)).isEqualTo("[8,9) rw-p p8 A0 [0]");
        assertThat(vma(Matena.V3, SWAP_CACHE_MOVES, 8)).isEqualTo("[8,9) rw-p p0 A0 [0]");
        assertThat(vma(Matena.MEANT_BOTH, SWAP_CACHE_MOVES, 8)).isEqualTo("[8,9) rw-p p8 A0 [0]");
        String read = SWAP_CACHE_MOVES + "P0: read(8)\n";
        assertThat(page(Matena.V1, read, 8))
                .as("a copy, as the cached page has the index 0")
                .endsWith("(A0,8) mc1")
                .doesNotStartWith("F0");
        assertThat(page(Matena.V3, read, 8)).isEqualTo("F0(A0,0) mc1");
        assertThat(page(Matena.MEANT_BOTH, read, 8)).isEqualTo("F0(A0,8) mc1");
    }

    @Test
    @DisplayName("memory that stays mapped beside its copy: one VMA and no lock as posted, two as meant")
    void lockedStays() {
        for (Rules rules : new Rules[] {Matena.V1, Matena.V3}) {
            assertThat(vma(rules, LOCKED_STAYS, 1)).as(rules.name()).isEqualTo("[0,2) rw-p p0 A0 [0]");
        }
        for (Rules rules : new Rules[] {Linux.V5_17, Matena.PGOFF, Matena.MEANT_BOTH}) {
            assertThat(vma(rules, LOCKED_STAYS, 1)).as(rules.name()).startsWith("[1,2) rw-p");
        }
    }

    @Test
    @DisplayName("relocation: what moves and merges with nothing looks as if it had been touched there first")
    void relocates() {
        String away = """
            P0: mmap(0, 2, rw, private|anonymous|populate)
            P0: mremap(1, 1, 1, maymove|fixed, 8)
            """;
        assertThat(vma(Linux.V6_18, away, 8)).isEqualTo("[8,9) rw-p p1 A0 [0]");
        assertThat(vma(RelocateAnon.POSTED_LAST, away, 8)).isEqualTo("[8,9) rw-p p8 A1 [1]");
        assertThat(page(RelocateAnon.POSTED_LAST, away, 8)).isEqualTo("F1(A1,8) mc1 E");
        String beside = "P0: mmap(7, 1, rw, private|anonymous|populate)\n" + away;
        assertThat(vma(RelocateAnon.POSTED_LAST, beside, 8)).isEqualTo("[7,9) rw-p p7 A0 [0]");
        String back = away + "P0: mremap(8, 1, 1, maymove|fixed, 1)\n";
        assertThat(vma(RelocateAnon.POSTED_LAST, back, 1)).isEqualTo("[0,2) rw-p p0 A0 [0]");
    }

    @Test
    @DisplayName("relocation leaves parents, children, files and what merges by itself alone")
    void doesNotRelocate() {
        assertThat(vma(RelocateAnon.POSTED_LAST, FORKED_MOVES, 8)).isEqualTo("[8,9) rw-p p0 A0 [0]");
        String child = FORKED_MOVES + "P1: mremap(0, 1, 1, maymove|fixed, 8)\n";
        assertThat(Look.after(RelocateAnon.POSTED_LAST, child).vma(1, 8)).isEqualTo("[8,9) rw-p p0 A1 [0, 1]");
        String file = """
            P0: mmap(0, 1, rw, private|populate, F0, 3)
            P0: mremap(0, 1, 1, maymove|fixed, 8)
            """;
        assertThat(vma(RelocateAnon.POSTED_LAST, file, 8)).isEqualTo("[8,9) rw-p p3 A0 [0]");
    }

    @Test
    @DisplayName("the second merge of a relocation can remove the source: as posted the call goes on to use it")
    void losesItsSource() {
        assertThat(vma(RelocateAnon.MENDED, MOVES_BESIDE_ITSELF, 0)).isEqualTo("[0,2) rw-p p0 A0 [0]");
        assertThat(page(RelocateAnon.MENDED, MOVES_BESIDE_ITSELF, 1)).isEqualTo("F2(A0,1) mc1 E");
        assertThat(vma(RelocateAnon.POSTED_LAST, MOVES_BESIDE_ITSELF, 0))
                .as("the process is killed in the middle of the call")
                .isEqualTo("[0,3) rw-p p0 A0 [0]");
    }

    @Test
    @DisplayName("growth in place joins the next VMA in v3 and as meant, as in 6.1")
    void growthJoinsNext() {
        String grows = """
            P0: mmap(0, 1, rw, private|anonymous)
            P0: mmap(2, 1, rw, private|anonymous)
            P0: mremap(0, 1, 2, none)
            """;
        for (Rules rules : new Rules[] {Linux.V5_17, Matena.V1, Matena.PGOFF, Matena.ANON_VMA}) {
            assertThat(vma(rules, grows, 0)).as(rules.name()).isEqualTo("[0,2) rw-p p0");
        }
        for (Rules rules : new Rules[] {Matena.V3, Matena.MEANT_BOTH}) {
            assertThat(vma(rules, grows, 0)).as(rules.name()).isEqualTo("[0,3) rw-p p0");
        }
    }

    @Test
    @DisplayName("what a compacting allocator gains: VMAs left of eight touched pages that are moved side by side")
    void compaction() {
        StringBuilder apart = new StringBuilder();
        StringBuilder together = new StringBuilder("P0: mmap(0, 16, rw, private|anonymous|fixed|populate)\n");
        StringBuilder moves = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            apart.append("P0: mmap(" + 2 * i + ", 1, rw, private|anonymous|fixed|populate)\n");
            moves.append("P0: mremap(" + 2 * i + ", 1, 1, maymove|fixed, " + (32 + i) + ")\n");
        }
        // Touched one by one, so with an anon_vma each; or all in one VMA.
        String scattered = apart.append(moves).toString();
        String cut = together.append(moves).toString();
        assertThat(vmas(Linux.V5_17, scattered, 32, 40)).isEqualTo(8);
        assertThat(vmas(Matena.PGOFF, scattered, 32, 40)).isEqualTo(8);
        assertThat(vmas(Matena.ANON_VMA, scattered, 32, 40)).isEqualTo(8);
        assertThat(vmas(Matena.MEANT_BOTH, scattered, 32, 40)).isEqualTo(1);
        assertThat(vmas(RelocateAnon.MENDED, scattered, 32, 40)).isEqualTo(1);
        assertThat(vmas(Linux.V5_17, cut, 32, 40)).isEqualTo(8);
        assertThat(vmas(Matena.PGOFF, cut, 32, 40)).isEqualTo(1);
        assertThat(vmas(Matena.ANON_VMA, cut, 32, 40)).isEqualTo(8);
        assertThat(vmas(Matena.MEANT_BOTH, cut, 32, 40)).isEqualTo(1);
        assertThat(vmas(RelocateAnon.MENDED, cut, 32, 40)).isEqualTo(1);
    }

    private static long vmas(Rules rules, String history, int start, int end) {
        Look look = Look.after(rules, history);
        return java.util.stream.IntStream.range(start, end)
                .mapToObj(page -> look.vma(0, page))
                .distinct()
                .count();
    }

    @Test
    @DisplayName("how many page table entries were looked at to decide is part of a step")
    void looks() {
        assertThat(looks(Linux.V5_17)).isZero();
        assertThat(looks(Matena.MEANT_BOTH)).as("those that move").isEqualTo(1);
        assertThat(looks(Matena.V1)).as("those of the VMA").isEqualTo(2);
    }

    private static int looks(Rules rules) {
        Look before = Look.after(rules, PART_MOVES.lines().findFirst().orElseThrow());
        var parsed = vmacheck.call.HistoryParser.history(PART_MOVES);
        return new Kernel(rules).step(before.machine(), parsed.calls().get(1)).looks();
    }

    private static String vma(Rules rules, String history, int page) {
        return Look.after(rules, history).vma(0, page);
    }

    private static String page(Rules rules, String history, int page) {
        return Look.after(rules, history).page(0, page);
    }
}
