package vmacheck.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final Vector<String> KNOWN = Vector.of("mmap", "munmap", "mremap", "linux-6.18");

    @Test
    void theKnownNameWithTheFewestEditsIsMeant() {
        assertThat(Nearest.to("munmop", KNOWN)).isEqualTo(Option.of("munmap"));
        assertThat(Nearest.to("mremapp", KNOWN)).isEqualTo(Option.of("mremap"));
        assertThat(Nearest.to("linux-6-18", KNOWN)).isEqualTo(Option.of("linux-6.18"));
    }

    @Test
    void theCaseOfLettersDoesNotMatter() {
        assertThat(Nearest.to("MMAP", KNOWN)).isEqualTo(Option.of("mmap"));
    }

    @Test
    void whatIsTooFarAwayIsNotGuessed() {
        assertThat(Nearest.to("fork", KNOWN)).isEmpty();
        assertThat(Nearest.to("", KNOWN)).isEmpty();
        assertThat(Nearest.to("mmap".repeat(100), KNOWN)).isEmpty();
        assertThat(Nearest.to("mmap", Vector.empty())).isEmpty();
    }
}
