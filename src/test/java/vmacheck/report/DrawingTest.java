package vmacheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.invariant.Level;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Kernel;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Table;
import vmacheck.rules.RuleBook;

class DrawingTest {
    private static final int COLUMNS = 108;

    private static final String FAMILY = """
        P0: mmap(0, 3, rw, private|anonymous|fixed)
        P0: write(1)
        P0: read(0)
        P0: fork()
        P1: write(1)
        P1: mremap(0, 2, 1, maymove|fixed, 8)
        P1: munmap(1, 2)
        """;

    private static final String ALL_KINDS = FAMILY + """
        P0: mmap(10, 3, rw, shared|anonymous|fixed)
        P0: write(11)
        P0: mmap(13, 3, rw, private|fixed, F0, 2)
        P0: write(13)
        P0: read(14)
        P0: madvise(2, 1, dontfork)
        P0: mprotect(10, 1, r)
        env: reclaim(P0, 13)
        P0: madvise(0, 1, guard_install)
        P0: brk(50)
        P1: fork()
        P2: exit()
        """;

    @Test
    @DisplayName("shows every kind of VMA and page")
    void showsEveryKind() {
        Golden.verify("drawing-kinds.txt", Drawing.draw(after(ALL_KINDS)));
    }

    @Test
    @DisplayName("a machine that has mapped nothing is drawn in a line")
    void showsNothing() {
        assertThat(Drawing.draw(
                        Machine.start(HistoryParser.history("P0: fork()").setup())))
                .isEqualTo("P0  map_count 0, total 0, data 0, locked 0\n  nothing mapped\n");
    }

    @Test
    @DisplayName("marks the pages of a violation, also where no VMA is")
    void marksViolations() {
        var violations = Vector.of(violation(0, 1, 5), violation(1, 8));
        Golden.verify("drawing-marks.txt", Drawing.draw(after(FAMILY), violations));
    }

    @Test
    @DisplayName("page table entries outside of all VMAs are drawn, as are names of what is gone")
    void drawsBrokenMachines() {
        Machine machine = after(FAMILY);
        Process parent = machine.processes().get(0);
        AddressSpace space = parent.space();
        Table<Pte> pages = space.pages().with(4, new Pte.Present(0, true)).with(5, new Pte.Present(77, true));
        AddressSpace broken = new AddressSpace(
                space.vmas(), pages.with(6, new Pte.Swap(9, false)), 1, 3, 3, 0, space.startBrk(), space.brk(), 0);
        Machine damaged = new Machine(
                machine.setup(),
                machine.processes().with(0, new Process(0, parent.parent(), true, broken)),
                machine.anonVmas(),
                machine.folios(),
                machine.slots(),
                machine.files(),
                machine.inodes(),
                machine.committed(),
                machine.nextVma(),
                machine.writes());
        Golden.verify("drawing-broken.txt", Drawing.draw(damaged));
    }

    @Test
    @DisplayName("is at most 110 columns wide when indented")
    void isNarrow() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            text.append("P0: mmap(" + 2 * i + ", 1, rw, private|anonymous|fixed)\nP0: write(" + 2 * i + ")\n");
        }
        for (int i = 0; i < 12; i++) {
            text.append("P" + i + ": fork()\nP" + (i + 1) + ": write(0)\n");
        }
        assertThat(Drawing.draw(after(text.toString())).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
    }

    private static Violation violation(int process, Integer... pages) {
        return new Violation("rmap-complete", Level.SAFETY, "not found", process, Vector.of(pages));
    }

    private static Machine after(String text) {
        History history = HistoryParser.history(text);
        Kernel kernel = new Kernel(RuleBook.newest());
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            machine = kernel.step(machine, call).after();
        }
        return machine;
    }
}
