package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeTextTest {
    private final TimeText form = new TimeText();

    @Test
    @DisplayName("reads milliseconds, seconds, minutes and hours")
    void reads() {
        assertThat(form.convert("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(form.convert("60s")).isEqualTo(Duration.ofSeconds(60));
        assertThat(form.convert("60")).isEqualTo(Duration.ofSeconds(60));
        assertThat(form.convert("5m")).isEqualTo(Duration.ofMinutes(5));
        assertThat(form.convert("1h")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1d", "1 s", "99999999999s"})
    @DisplayName("refuses what is no duration")
    void refuses(String text) {
        assertThatThrownBy(() -> form.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected a number with ms, s, m or h");
    }

    @Test
    @DisplayName("shows a time as a clock does")
    void shows() {
        assertThat(TimeText.clock(Duration.ofSeconds(7))).isEqualTo("0:07");
        assertThat(TimeText.clock(Duration.ofSeconds(754))).isEqualTo("12:34");
        assertThat(TimeText.clock(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
        assertThat(TimeText.clock(Duration.ofSeconds(-1))).isEqualTo("0:00");
    }
}
