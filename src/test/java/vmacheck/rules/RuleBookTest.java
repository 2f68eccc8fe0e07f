package vmacheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {
    @ParameterizedTest
    @CsvSource({
        "6.18.44-generic, linux-6.18",
        "6.18.35,         linux-6.18.35",
        "6.18.350,        linux-6.18",
        "6.1.176,         linux-6.1.176",
        "6.1.0-42-amd64,  linux-6.1",
        "6.12.117,        linux-6.12",
        "7.1.5,           linux-7.1",
        "4.19.0,          linux-6.18"
    })
    void aKernelThatSaysItsVersionGetsItsRules(String release, String rules) {
        assertThat(RuleBook.ofRelease(release).name()).isEqualTo(rules);
    }
}
