package vmacheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.shrink.SimplerThan;
import vmacheck.check.shrink.Simplifications;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Verdict;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.linux.Linux;

class MachineProperties {
    private static final Kernel KERNEL = new Kernel(Linux.V6_18);

    @Provide
    Arbitrary<History> histories() {
        return new HistoryArbitrary(Linux.V6_18, 30);
    }

    @Property(tries = 500)
    void linuxHolds(@ForAll("histories") History history) {
        assertThat(Trial.of(Linux.V6_18).failure(history)).isEmpty();
    }

    @Property(tries = 300)
    void aStepIsAFunctionOfMachineAndCall(@ForAll("histories") History history) {
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            Step once = KERNEL.step(machine, call);
            Step again = KERNEL.step(machine, call);
            assertThat(again).isEqualTo(once);
            assertThat(once.before()).isSameAs(machine);
            machine = once.after();
        }
    }

    /// The hash of every machine on the way is the same after all later calls have run.
    @Property(tries = 200)
    void noStepChangesAMachineThatIsThere(@ForAll("histories") History history) {
        Vector<Verdict> verdicts = Trial.of(Linux.V6_18).run(history);
        Vector<Machine> machines = verdicts.map(verdict -> verdict.step().after());
        Machine machine = Machine.start(history.setup());
        for (int i = 0; i < history.size(); i++) {
            machine = KERNEL.step(machine, history.calls().get(i)).after();
            assertThat(machine).isEqualTo(machines.get(i));
            assertThat(machine.hashCode()).isEqualTo(machines.get(i).hashCode());
        }
    }

    @Property(tries = 100)
    void whatIsSimplerIsAHistoryAndSimpler(@ForAll("histories") History history) {
        for (History simpler : Simplifications.of(history)) {
            assertThat(SimplerThan.ORDER.compare(simpler, history)).isNegative();
            assertThat(HistoryParser.history(HistoryPrinter.print(simpler))).isEqualTo(simpler);
        }
    }

    @Property(tries = 300)
    void theOrderIsTotal(
            @ForAll("histories") History a, @ForAll("histories") History b, @ForAll("histories") History c) {
        Vector<History> all = Vector.of(a, b, c)
                .flatMap(history ->
                        Vector.of(history, history.withCalls(history.calls().take(3))));
        for (History x : all) {
            for (History y : all) {
                int xy = Integer.signum(SimplerThan.ORDER.compare(x, y));
                assertThat(Integer.signum(SimplerThan.ORDER.compare(y, x))).isEqualTo(-xy);
                assertThat(xy == 0).isEqualTo(x.equals(y));
                for (History z : all) {
                    if (xy < 0 && SimplerThan.ORDER.compare(y, z) < 0) {
                        assertThat(SimplerThan.ORDER.compare(x, z)).isNegative();
                    }
                }
            }
        }
    }
}
