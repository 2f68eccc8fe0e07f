package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.check.generate.Generator;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;

/// A history with what the model makes of it.
///
/// @param index of the history among all of its seed
public record Run(long index, History history, List<Step> steps) {
    /// A history that the kernel behind a door can do, made with an eye on the model.
    static Run generate(Kernel kernel, Doable doable, long seed, long index, int length) {
        Generator generator = new Generator(seed, index);
        if (!doable.instead(generator.setup()).equals(generator.setup())) {
            generator = new Generator(seed, index, doable.instead(generator.setup()));
        }
        Machine machine = Machine.start(generator.setup());
        List<Step> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            Step step = kernel.step(machine, doable.instead(generator.next(machine), generator.setup()));
            steps.add(step);
            machine = step.after();
        }
        Vector<Call> calls = Vector.ofAll(steps).map(Step::call);
        return new Run(index, new History(generator.setup(), calls), steps);
    }

    /// What the model makes of a given history.
    static Run of(Kernel kernel, long index, History history) {
        Machine machine = Machine.start(history.setup());
        List<Step> steps = new ArrayList<>(history.size());
        for (Call call : history.calls()) {
            Step step = kernel.step(machine, call);
            steps.add(step);
            machine = step.after();
        }
        return new Run(index, history, steps);
    }

    /// The history up to and with a call.
    History upTo(int step) {
        return history.withCalls(history.calls().take(step + 1));
    }
}
