package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import vmacheck.call.History;
import vmacheck.kernel.Kernel;

/// Shrinks what only someone outside can judge. The same order and the same passes as in [Shrinker], but for those that
/// search for the same failure anew: they need to see every step.
public final class BatchShrinker {
    private final Kernel kernel;
    private final BatchTest test;
    private final long mostCandidates;

    /// @param kernel         tells which process each fork makes
    /// @param mostCandidates to ask about, over all
    public BatchShrinker(Kernel kernel, BatchTest test, long mostCandidates) {
        this.kernel = kernel;
        this.test = test;
        this.mostCandidates = mostCandidates;
    }

    /// @param history  fails at its last call
    /// @param improved is told the best history after every pass that improved it
    /// @param stop     asked often; true ends the work, and the best so far is the result
    public Shrunk shrink(History history, Consumer<History> improved, BooleanSupplier stop) {
        BatchProbe probe = new BatchProbe(kernel, test, mostCandidates, stop, Script.of(history));
        Vector<Pass> passes = Passes.STATELESS;
        int at = 0;
        while (at < passes.size() && !probe.isSpent()) {
            Script before = probe.best();
            probe.run(passes.get(at));
            boolean better = probe.best() != before;
            if (better) {
                improved.accept(probe.best().history());
            }
            at = better ? 0 : at + 1;
        }
        return new Shrunk(probe.best().history(), at == passes.size() && !probe.isSpent(), probe.asked());
    }

    /// @param finished whether no pass can make it simpler
    /// @param asked    candidates that were asked about
    public record Shrunk(History history, boolean finished, long asked) {}
}
