package vmacheck.check.generate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.rules.linux.Linux;

class GeneratorTest {
    private static final Kernel KERNEL = new Kernel(Linux.V6_18);

    @Test
    void whatItMakesIsWhatTheTextFormKnows() {
        for (int i = 0; i < 3000; i++) {
            History history = Generator.history(KERNEL, 5, i, 40);
            assertThat(HistoryParser.history(HistoryPrinter.print(history))).isEqualTo(history);
        }
    }

    @Test
    void aSeedAndAnIndexGiveTheSameHistory() {
        for (int i = 0; i < 100; i++) {
            assertThat(Generator.history(KERNEL, 9, i, 40)).isEqualTo(Generator.history(KERNEL, 9, i, 40));
            assertThat(Generator.history(KERNEL, 9, i, 40)).isNotEqualTo(Generator.history(KERNEL, 10, i, 40));
        }
    }

    @Test
    void aLongerHistoryBeginsLikeAShorterOne() {
        History history = Generator.history(KERNEL, 1, 1, 60);
        assertThat(Generator.history(KERNEL, 1, 1, 20).calls())
                .isEqualTo(history.calls().take(20));
    }

    @Test
    void mostCallsSucceedAndChangeSomething() {
        int calls = 0;
        int successes = 0;
        int changes = 0;
        for (int i = 0; i < 500; i++) {
            Generator generator = new Generator(3, i);
            Machine machine = Machine.start(generator.setup());
            for (int k = 0; k < 40; k++) {
                Step step = KERNEL.step(machine, generator.next(machine));
                calls++;
                successes += step.result().isSuccess() ? 1 : 0;
                changes += step.after() == machine ? 0 : 1;
                machine = step.after();
            }
        }
        assertThat(calls).isEqualTo(20_000);
        assertThat(successes).isGreaterThan(15_000).isLessThan(19_000);
        assertThat(changes).isGreaterThan(13_000);
    }

    @Test
    void aGivenSetupIsKept() {
        Setup setup = new Setup(4, 3);
        for (int i = 0; i < 300; i++) {
            Generator generator = new Generator(1, i, setup);
            assertThat(generator.setup()).isEqualTo(setup);
            Machine machine = Machine.start(setup);
            for (int k = 0; k < 30; k++) {
                Call call = generator.next(machine);
                machine = KERNEL.step(machine, call).after();
            }
        }
    }
}
