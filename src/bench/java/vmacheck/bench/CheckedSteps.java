package vmacheck.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.check.Coverage;
import vmacheck.check.generate.Generator;
import vmacheck.check.trial.Checker;
import vmacheck.invariant.Judge;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.kernel.Kernel;
import vmacheck.model.Machine;
import vmacheck.rules.linux.Linux;

/// Steps per second on one core, for histories of 40 calls by up to four processes under linux-6.18. The difference
/// between two benchmarks is what the part costs that only one of them has.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CheckedSteps {
    private static final int CALLS = 40;
    private static final int HISTORIES = 4096;
    private static final int MOST_PROCESSES = 4;

    private final Kernel kernel = new Kernel(Linux.V6_18);
    private final Checker checker = Checker.of(Linux.V6_18);
    private final Judge shadowOnly = new Judge(Linux.V6_18, List.of());
    private final Judge judge = new Judge(Linux.V6_18);
    private final History[] histories = histories();
    private int next;

    private History[] histories() {
        History[] made = new History[HISTORIES];
        int count = 0;
        for (long index = 0; count < HISTORIES; index++) {
            History history = Generator.history(kernel, 1, index, CALLS);
            if (processes(history) <= MOST_PROCESSES) {
                made[count++] = history;
            }
        }
        return made;
    }

    private int processes(History history) {
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            machine = kernel.step(machine, call).after();
        }
        return machine.processes().size();
    }

    private History next() {
        next = next + 1 < HISTORIES ? next + 1 : 0;
        return histories[next];
    }

    /// The kernel alone.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public Machine kernel() {
        History history = next();
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            machine = kernel.step(machine, call).after();
        }
        return machine;
    }

    /// The kernel, the shadow that never merges, and the comparison of the two.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public Situation shadow() {
        return judged(shadowOnly);
    }

    /// All invariants.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public Situation judged() {
        return judged(judge);
    }

    private Situation judged(Judge one) {
        History history = next();
        Situation situation = Situation.start(history.setup());
        for (Call call : history.calls()) {
            situation = one.step(situation, call).after();
        }
        return situation;
    }

    /// What a search does: generates, judges, and counts what it has covered. Histories of any number of processes.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public Coverage searched() {
        Coverage coverage = new Coverage();
        Generator generator = new Generator(2, next++);
        Situation situation = checker.start(generator.setup());
        for (int i = 0; i < CALLS; i++) {
            Verdict verdict = checker.step(situation, generator.next(situation.machine()));
            coverage.count(verdict.step());
            situation = verdict.after();
        }
        return coverage;
    }
}
