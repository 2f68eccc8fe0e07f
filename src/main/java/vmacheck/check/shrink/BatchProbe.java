package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.model.Vma;

/// Asks a [BatchTest] about each candidate, and about those that are likely to be next.
///
/// Passes propose one candidate at a time, as the next one depends on whether this one is taken. Most are not. So
/// before
/// it asks, the probe lets the pass run on as if none were taken, and asks about all that it proposes then. When one is
/// taken the answers about those behind it are mostly of no use, which costs time and nothing else.
final class BatchProbe extends Probe {
    private final Kernel kernel;
    private final BatchTest test;
    private final long mostCandidates;
    private final BooleanSupplier stop;
    private final Map<Long, Integer> answers = new HashMap<>();
    private Pass pass = new DropChunks();
    private int[] children;
    private long asked;

    /// @param kernel         tells which process each fork makes
    /// @param mostCandidates to ask about, over all
    BatchProbe(Kernel kernel, BatchTest test, long mostCandidates, BooleanSupplier stop, Script start) {
        super(start);
        this.kernel = kernel;
        this.test = test;
        this.mostCandidates = mostCandidates;
        this.stop = stop;
        children = children(start);
    }

    /// Runs a pass.
    void run(Pass next) {
        pass = next;
        next.run(this);
    }

    /// Candidates that were asked about, for nothing or not.
    long asked() {
        return asked;
    }

    @Override
    int child(int index) {
        return children[index];
    }

    @Override
    boolean isSpent() {
        return asked >= mostCandidates || stop.getAsBoolean();
    }

    @Override
    int test(Script candidate) {
        Integer answer = answers.get(candidate.hash);
        if (answer == null) {
            // Looking ahead costs as much as all that the pass has proposed so far.
            ask(test.size() == 1 ? Map.of(candidate.hash, candidate) : new Ahead(candidate).collect());
            answer = answers.getOrDefault(candidate.hash, 0);
        }
        if (answer > 0) {
            children = children(candidate.head(answer));
        }
        return answer;
    }

    private void ask(Map<Long, Script> candidates) {
        List<History> histories = new ArrayList<>(candidates.size());
        candidates.values().forEach(candidate -> histories.add(candidate.history()));
        int[] calls = test.calls(histories);
        int i = 0;
        for (Long hash : candidates.keySet()) {
            answers.put(hash, calls[i++]);
        }
        asked += calls.length;
    }

    /// The process that each call makes, or [Vma#NONE].
    private int[] children(Script script) {
        int[] made = new int[script.size()];
        Machine machine = Machine.start(script.setup);
        for (int i = 0; i < made.length; i++) {
            Call call = script.get(i).call;
            Step step = kernel.step(machine, call);
            made[i] = step.result() instanceof Result.Child(int child) ? child : Vma.NONE;
            machine = step.after();
        }
        return made;
    }

    /// Takes nothing and notes what it is offered.
    private final class Ahead extends Probe {
        private final Map<Long, Script> proposed = new LinkedHashMap<>();

        Ahead(Script first) {
            super(BatchProbe.this.best());
            proposed.put(first.hash, first);
        }

        Map<Long, Script> collect() {
            pass.run(this);
            return proposed;
        }

        @Override
        int child(int index) {
            return children[index];
        }

        @Override
        boolean isSpent() {
            return proposed.size() >= test.size() || BatchProbe.this.isSpent();
        }

        @Override
        int test(Script candidate) {
            if (!BatchProbe.this.wasTried(candidate) && !answers.containsKey(candidate.hash)) {
                proposed.putIfAbsent(candidate.hash, candidate);
            }
            return 0;
        }
    }
}
