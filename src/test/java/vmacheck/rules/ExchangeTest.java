package vmacheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.matena.Matena;

class ExchangeTest {
    @Test
    void oneAnswerIsTheOthers() {
        Rules mixed = Exchange.of(Linux.V6_18, Decisions.COMPATIBLE_ANON_VMA, Linux.V5_17);
        assertThat(mixed.differences(Linux.V6_18).map(Decision::name)).containsExactly("compatible-anon-vma");
        assertThat(mixed.answer(Decisions.COMPATIBLE_ANON_VMA))
                .isEqualTo(Linux.V5_17.answer(Decisions.COMPATIBLE_ANON_VMA));
        assertThat(mixed.name()).isEqualTo("linux-6.18-with-compatible-anon-vma-of-linux-5.17");
    }

    @Test
    void everyDifferenceByItself() {
        assertThat(Exchange.each(Linux.V7_1, Linux.V6_18).map(Rules::name))
                .containsExactly("linux-7.1-with-mremap-limit-of-linux-6.18");
    }

    @Test
    void theNameFindsThem() {
        Rules mixed = Exchange.of(Matena.MEANT_BOTH, Decisions.REPOINT, Matena.V3);
        assertThat(RuleBook.find(mixed.name())).contains(mixed);
        Rules twice = Exchange.of(mixed, Decisions.MOVED_PGOFF, Linux.V5_17);
        assertThat(RuleBook.find(twice.name())).contains(twice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "matena-with-repoint",
                "matena-with-nothing-of-matena-v3",
                "matena-with-repoint-of-nobody",
                "nobody-with-repoint-of-matena",
                "-with--of-"
            })
    void otherNamesFindNothing(String name) {
        assertThat(RuleBook.find(name)).isEmpty();
    }
}
