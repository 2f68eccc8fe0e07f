package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.kernel.Kernel;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.linux.UserMode;

/// A kernel maps the neighbours of a page of a file that is read. In write-only memory User Mode Linux can read those,
/// and nothing else: seen on 6.12.117 and 7.1.5.
class MappedAroundTest {
    private static final String FILE = """
        P0: mmap(0, 2, rw, private, F0, 0)
        P0: read(1)
        P0: mprotect(0, 1, w)
        P0: read(0)
        """;

    @Test
    @DisplayName("a load from write-only memory of a file may succeed if it finds what stands in the file")
    void readsTheFile() {
        assertThat(comparedWith(FILE, "SIGSEGV")).isNull();
        assertThat(comparedWith(FILE, "1000000")).isNull();
        assertThat(comparedWith(FILE, "1000001")).isEqualTo(Difference.What.RESULT);
        assertThat(comparedWith(FILE, "0")).isEqualTo(Difference.What.RESULT);
        assertThat(comparedWith(FILE, "SIGBUS")).isEqualTo(Difference.What.RESULT);
    }

    @Test
    @DisplayName("nothing may succeed in memory that cannot be accessed, and none but loads")
    void readsNothingElse() {
        String none = FILE.replace(", w)", ", none)");
        assertThat(comparedWith(none, "SIGSEGV")).isNull();
        assertThat(comparedWith(none, "1000000")).isEqualTo(Difference.What.RESULT);
        String write = FILE.replace(", w)", ", r)").replace("read(0)", "write(0)");
        assertThat(comparedWith(write, "SIGSEGV")).isNull();
        assertThat(comparedWith(write, "1000000")).isEqualTo(Difference.What.RESULT);
    }

    @Test
    @DisplayName("write-only memory of no file cannot be read")
    void readsNoAnonymousMemory() {
        String anonymous = FILE.replace("private, F0, 0", "private|anonymous");
        assertThat(comparedWith(anonymous, "SIGSEGV")).isNull();
        assertThat(comparedWith(anonymous, "0")).isEqualTo(Difference.What.RESULT);
    }

    /// The first difference if the kernel does what the model does, but that the last call has another result.
    private static Difference.@Nullable What comparedWith(String calls, String last) {
        History history = HistoryParser.parse("history", calls).history();
        Run run = Run.of(new Kernel(UserMode.of(Linux.V7_1)), 0, history);
        List<Observed.Step> steps =
                new ArrayList<>(run.steps().stream().map(Imagined::of).toList());
        Observed.Step step = steps.removeLast();
        steps.add(new Observed.Step(step.call(), last, step.processes(), step.anonVmas()));
        Difference difference =
                new Comparison(Aspect.observable(), true).compare(run.steps(), new Observed(steps, null));
        return difference == null ? null : difference.what();
    }
}
