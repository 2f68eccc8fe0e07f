package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.HistoryParser;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.live.Difference.What;
import vmacheck.rules.linux.Linux;

/// Which differences after the last call of a history have a reason that is no fault of the model.
class ExplainedTest {
    private static final String FORKED = """
        P0: mmap(0, 1, rw, private|anonymous|fixed)
        P0: write(0)
        P0: fork()
        P0: write(0)
        """;

    private static @Nullable Explained of(String history, int process, What what) {
        return of(history, process, what, "A1");
    }

    private static @Nullable Explained of(String history, int process, What what, String kernel) {
        List<Step> steps = Run.of(
                        new Kernel(Linux.V6_18),
                        0,
                        HistoryParser.parse("test", history).history())
                .steps();
        Step last = steps.getLast();
        Difference difference = new Difference(steps.size() - 1, last.call(), process, 0, what, "A0", kernel);
        return Explained.of(difference, last, Imagined.of(last));
    }

    @Test
    @DisplayName("a page that came back from swap may have left the swap cache, and so have another anon_vma")
    void wroteAtOnce() {
        String back = FORKED + "P1: madvise(0, 1, pageout)\nP1: write(0)\n";
        assertThat(of(back, 1, What.MAPPING)).isEqualTo(Explained.PAGEOUT_WROTE_AT_ONCE);
        assertThat(of(back, 1, What.MAPPING, "A7")).isNull();
        assertThat(of(back, 1, What.INDEX)).isNull();
        assertThat(of(back, 1, What.EXCLUSIVE)).isNull();
        assertThat(of(back, 0, What.MAPPING)).isNull();
        assertThat(of(back + "P1: write(0)\n", 1, What.MAPPING)).isNull();
        assertThat(of(FORKED + "P1: write(0)\n", 1, What.MAPPING)).isNull();
    }

    @Test
    @DisplayName("a page that a load reads from swap into locked memory may not be exclusive")
    void readAlone() {
        String out = """
            P0: mmap(0, 1, rw, private|anonymous|populate)
            P0: fork()
            P1: write(0)
            P0: madvise(0, 1, pageout)
            """;
        String locked = out + "P0: mlock2(0, 1, onfault)\n";
        assertThat(of(locked + "P0: read(0)\n", 0, What.EXCLUSIVE)).isEqualTo(Explained.READ_ALONE_FROM_SWAP);
        assertThat(of(locked + "P0: write(0)\n", 0, What.EXCLUSIVE)).isNull();
        assertThat(of(out + "P0: read(0)\n", 0, What.EXCLUSIVE)).isNull();
        assertThat(of(locked + "P0: read(0)\n", 0, What.MAPCOUNT)).isNull();
    }

    @Test
    @DisplayName("what MADV_PAGEOUT takes away may still be there, but nothing else may")
    void leftAPage() {
        String history = "P0: mmap(0, 1, rw, private|anonymous|fixed)\nP0: write(0)\n";
        Step before = last(history);
        Step after = last(history + "P0: madvise(0, 1, pageout)\n");
        Difference difference = new Difference(2, after.call(), 0, 0, What.PAGE, "swapped", "present");
        assertThat(Explained.of(difference, after, Imagined.of(before))).isEqualTo(Explained.PAGEOUT_LEFT_A_PAGE);
        assertThat(Explained.of(difference, after, Imagined.of(after))).isNull();
    }

    private static Step last(String history) {
        return Run.of(
                        new Kernel(Linux.V6_18),
                        0,
                        HistoryParser.parse("test", history).history())
                .steps()
                .getLast();
    }
}
