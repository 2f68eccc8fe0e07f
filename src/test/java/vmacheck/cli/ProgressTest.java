package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.check.SearchListener;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("without a terminal there is a line every ten seconds")
    void saysALineNowAndThen() {
        Progress progress = new Progress(screen(false), "linux-6.18", "violation", Duration.ofSeconds(60), 0);
        progress.show(Duration.ofSeconds(9), new SearchListener.Progress(22_500, 900_000, 0, false));
        progress.show(Duration.ofSeconds(10), new SearchListener.Progress(25_000, 1_000_000, 0, false));
        progress.show(Duration.ofSeconds(11), new SearchListener.Progress(27_500, 1_100_000, 1, false));
        progress.show(Duration.ofSeconds(20), new SearchListener.Progress(50_000, 2_000_000, 1, false));
        progress.say("end");
        assertThat(printed().lines())
                .containsExactly(
                        "linux-6.18: 1,000,000 steps, 100,000 steps/s, 25,000 histories, 0:50 left, 0 violations",
                        "linux-6.18: 2,000,000 steps, 100,000 steps/s, 50,000 histories, 0:40 left, 1 violation",
                        "end");
    }

    @Test
    @DisplayName("on a terminal one line is written over, and gone at the end")
    void overwritesOnTerminals() {
        Progress progress = new Progress(screen(true), "linux-6.16", "violation", null, 100);
        progress.show(Duration.ofMillis(200), new SearchListener.Progress(10, 400, 2, false));
        progress.say("found");
        progress.say("end");
        String line = "linux-6.16: 400 steps, 2,000 steps/s, 10 histories, 90 histories left, 2 violations";
        assertThat(printed()).isEqualTo("\r\033[K" + line + "\r\033[Kfound\nend\n");
    }

    private Screen screen(boolean terminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Screen(stream, stream, terminal);
    }

    private String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
