package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.History;
import vmacheck.live.Finding.Stage;
import vmacheck.rules.linux.Linux;

/// The time that a comparison may take holds for all of it, and what was found by then is there.
class ConformTimeTest {
    private static final long FOREVER_SECONDS = 100;
    private static final int MOST_SECONDS = 30;

    /// A kernel that does the first few batches at once, and never comes to an end with the next.
    private static final class HangingDoor implements Door {
        private final ModelDoor model = new ModelDoor(Linux.V6_18);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final int quick;
        private int batches;

        HangingDoor(int quick) {
            this.quick = quick;
        }

        @Override
        public LiveKernel kernel() {
            return model.kernel();
        }

        @Override
        public int batch() {
            return model.batch();
        }

        @Override
        public long candidates() {
            return model.candidates();
        }

        @Override
        public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
            if (batches++ < quick) {
                model.observe(histories, aspects, sink);
                return;
            }
            try {
                assertThat(interrupted.await(FOREVER_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            histories.forEach(_ -> sink.accept(new Observed(List.of(), "interrupted")));
        }

        @Override
        public void interrupt() {
            interrupted.countDown();
        }

        @Override
        public void close() {
            interrupt();
        }
    }

    private static ConformReport run(Door door, List<Finding> told) {
        ConformOptions options = new ConformOptions(1, 40, Long.MAX_VALUE, Duration.ofSeconds(1), Aspect.observable());
        ConformListener listener = new ConformListener() {
            @Override
            public void found(Finding finding) {
                told.add(finding);
            }
        };
        long start = System.nanoTime();
        ConformReport report = new Conform(Linux.NEVER_MERGE, door, options, listener, null).run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(MOST_SECONDS));
        return report;
    }

    @Test
    @DisplayName("a kernel that hangs in the first batch does not hold it up, and is not said to differ")
    void hangsAtOnce() {
        ConformReport report = run(new HangingDoor(0), new ArrayList<>());
        assertThat(report.findings()).isEmpty();
        assertThat(report.interrupted()).isFalse();
    }

    @Test
    @DisplayName("a kernel that hangs when it is asked again leaves the finding as it was found")
    void hangsWhenAskedAgain() {
        List<Finding> told = new ArrayList<>();
        // The second batch is on its way when the first is compared.
        ConformReport report = run(new HangingDoor(2), told);
        assertThat(told).isNotEmpty();
        assertThat(report.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.stage()).isEqualTo(Stage.RAW);
            assertThat(finding.again()).isEqualTo(Finding.NOT_RUN);
        });
    }
}
