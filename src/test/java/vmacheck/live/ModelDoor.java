package vmacheck.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.Rules;

/// A kernel that is a model itself, and can crash.
public final class ModelDoor implements Door {
    private final Kernel kernel;
    private final Predicate<Call> crashes;
    private final Doable doable;
    private boolean closed;

    public ModelDoor(Rules rules) {
        this(rules, _ -> false);
    }

    /// @param crashes whether a call is the end of the kernel
    public ModelDoor(Rules rules, Predicate<Call> crashes) {
        this(rules, crashes, Doable.ALL);
    }

    /// @param doable what it can be asked
    public ModelDoor(Rules rules, Predicate<Call> crashes, Doable doable) {
        kernel = new Kernel(rules);
        this.crashes = crashes;
        this.doable = doable;
    }

    @Override
    public LiveKernel kernel() {
        return new LiveKernel(
                "a model of " + kernel.rules().name(), kernel.rules().name(), true, null, doable);
    }

    @Override
    public int batch() {
        return 16;
    }

    @Override
    public long candidates() {
        return 20_000;
    }

    @Override
    public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
        histories.forEach(history -> sink.accept(observe(history)));
    }

    private Observed observe(History history) {
        List<Observed.Step> steps = new ArrayList<>();
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            if (crashes.test(call)) {
                return new Observed(steps, "it crashed");
            }
            Step step = kernel.step(machine, call);
            machine = step.after();
            steps.add(Imagined.of(step));
        }
        return new Observed(steps, null);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
