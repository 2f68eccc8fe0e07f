package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.HistoryParser;
import vmacheck.call.ResultText;
import vmacheck.model.Machine;
import vmacheck.rules.linux.Linux;

/// Which calls the limit on the number of VMAs stops, as found by filling up a running 6.18.44 to its limit.
///
/// Each history maps `[0,6)` and enough separate pages from 20 on to reach the number of VMAs that the test names; the
/// limit is 10.
class MapCountLimitTest {
    private static final int LIMIT = 10;

    /// The result of a last call when there are `vmas` VMAs.
    private static String at(int vmas, String call) {
        StringBuilder text = new StringBuilder("max-map-count: " + LIMIT + "\n");
        text.append("P0: mmap(0, 6, rw, private|anonymous|fixed)\n");
        for (int i = 1; i < vmas; i++) {
            text.append("P0: mmap(" + (18 + 2 * i) + ", 1, r, private|anonymous|fixed)\n");
        }
        var history = HistoryParser.history(text + call + "\n");
        Kernel kernel = new Kernel(Linux.V6_18);
        Machine machine = Machine.start(history.setup());
        Step step = null;
        for (Call each : history.calls()) {
            step = kernel.step(machine, each);
            machine = step.after();
        }
        assertThat(CallText.print(step.call())).isEqualTo(call);
        return ResultText.print(step.result()) + ", "
                + machine.processes().get(0).space().mapCount() + " VMAs";
    }

    @Test
    void mmapIsLetThroughAtTheLimitAndStopsAboveIt() {
        assertThat(at(10, "P0: mmap(60, 1, r, private|anonymous|fixed)")).isEqualTo("60, 11 VMAs");
        assertThat(at(11, "P0: mmap(62, 1, r, private|anonymous|fixed)")).isEqualTo("ENOMEM, 11 VMAs");
    }

    @Test
    void mmapIntoTheMiddleOfAVmaNeedsOneToSpare() {
        assertThat(at(9, "P0: mmap(2, 1, r, private|anonymous|fixed)")).isEqualTo("2, 11 VMAs");
        assertThat(at(10, "P0: mmap(2, 1, r, private|anonymous|fixed)")).isEqualTo("ENOMEM, 10 VMAs");
        assertThat(at(10, "P0: mmap(0, 1, r, private|anonymous|fixed)")).isEqualTo("0, 11 VMAs");
    }

    @Test
    void aChangeInTheMiddleLeavesItsFirstSplitBehindWhenTheSecondFails() {
        assertThat(at(8, "P0: mprotect(2, 1, r)")).isEqualTo("0, 10 VMAs");
        assertThat(at(9, "P0: mprotect(2, 1, r)")).isEqualTo("ENOMEM, 10 VMAs");
        assertThat(at(10, "P0: mprotect(2, 1, r)")).isEqualTo("ENOMEM, 10 VMAs");
        assertThat(at(10, "P0: mprotect(0, 6, r)")).isEqualTo("0, 10 VMAs");
    }

    @Test
    void madviseReportsTheLimitAsEagain() {
        assertThat(at(10, "P0: madvise(2, 1, dontfork)")).isEqualTo("EAGAIN, 10 VMAs");
    }

    @Test
    void munmapInTheMiddleNeedsOneToSpareAndTheEndsNone() {
        assertThat(at(9, "P0: munmap(2, 1)")).isEqualTo("0, 10 VMAs");
        assertThat(at(10, "P0: munmap(2, 1)")).isEqualTo("ENOMEM, 10 VMAs");
        assertThat(at(10, "P0: munmap(0, 1)")).isEqualTo("0, 10 VMAs");
        assertThat(at(10, "P0: munmap(0, 6)")).isEqualTo("0, 9 VMAs");
    }

    @Test
    void mremapThatStaysNeedsNothing() {
        assertThat(at(10, "P0: mremap(0, 6, 8, none)")).isEqualTo("0, 10 VMAs");
        assertThat(at(10, "P0: mremap(0, 6, 2, none)")).isEqualTo("0, 10 VMAs");
    }

    @Test
    void aMoveNeedsFourToSpareAndAFixedOneSix() {
        assertThat(at(6, "P0: mremap(0, 3, 16, maymove)")).isEqualTo("48, 7 VMAs");
        assertThat(at(7, "P0: mremap(0, 3, 16, maymove)")).isEqualTo("ENOMEM, 7 VMAs");
        assertThat(at(4, "P0: mremap(0, 6, 6, maymove|fixed, 50)")).isEqualTo("50, 4 VMAs");
        assertThat(at(5, "P0: mremap(0, 6, 6, maymove|fixed, 50)")).isEqualTo("ENOMEM, 5 VMAs");
    }

    @Test
    void theBreakGrowsAtTheLimitAndStopsAboveIt() {
        assertThat(at(10, "P0: brk(50)")).isEqualTo("50, 11 VMAs");
        assertThat(at(11, "P0: brk(50)")).isEqualTo("48, 11 VMAs");
    }
}
