package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.check.generate.Generator;
import vmacheck.kernel.Kernel;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.rules.linux.Linux;

class DoableTest {
    private static Doable without(Ability ability) {
        Set<Ability> abilities = EnumSet.allOf(Ability.class);
        abilities.remove(ability);
        if (ability == Ability.LOCK) {
            abilities.remove(Ability.LOCK_ALL);
        }
        return new Doable(abilities);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        LOCK ; P0: mmap(0, 2, rw, private|anonymous|locked) ; P0: mmap(0, 2, rw, private|anonymous)
        LOCK ; P0: mlock(0, 2) ; P0: munlock(0, 2)
        LOCK ; P0: mlockall(future) ; P0: munlockall()
        LOCK_ALL ; P0: mlockall(future) ; P0: mlockall(future)
        LOCK_ALL ; P0: mlockall(current) ; P0: munlockall()
        SWAP ; P0: madvise(0, 2, pageout) ; P0: madvise(0, 2, cold)
        WRITE_ONLY ; P0: mmap(0, 2, w, private|anonymous|fixed) ; P0: mmap(0, 2, rw, private|anonymous|fixed)
        TOP_DOWN ; P0: mmap(3, 2, r, private|anonymous) ; P0: mmap(3, 2, r, private|anonymous|fixed)
        LIMIT ; env: reclaim(P0, 3) ; P0: madvise(3, 1, pageout)
        """)
    @DisplayName("what a kernel cannot do is replaced by what comes next to it")
    void replaces(Ability ability, String call, String instead) {
        History history = HistoryParser.history(call + "\n");
        assertThat(CallText.print(without(ability).instead(history.calls().head(), history.setup())))
                .isEqualTo(instead);
    }

    @ParameterizedTest
    @EnumSource(Ability.class)
    @DisplayName("what takes the place of a call can be done itself")
    void isStable(Ability ability) {
        Doable doable = without(ability);
        Kernel kernel = new Kernel(Linux.V6_18);
        for (int index = 0; index < 50; index++) {
            Generator generator = new Generator(7, index);
            Setup setup = generator.setup();
            Machine machine = Machine.start(setup);
            for (int i = 0; i < 40; i++) {
                Call instead = doable.instead(generator.next(machine), setup);
                assertThat(doable.instead(instead, setup)).isEqualTo(instead);
                machine = kernel.step(machine, instead).after();
            }
        }
    }

    @Test
    @DisplayName("limits that a kernel cannot be told are as they are without a word")
    void setup() {
        Setup limited = new Setup(32, 20, 3, 4);
        assertThat(without(Ability.SWAP).instead(limited)).isEqualTo(new Setup(32, 20));
        assertThat(without(Ability.LIMIT).instead(limited)).isEqualTo(new Setup(32, Setup.DEFAULT_MAX_MAP_COUNT));
    }
}
