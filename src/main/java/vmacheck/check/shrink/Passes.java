package vmacheck.check.shrink;

import io.vavr.collection.Vector;

/// The passes, in the order in which they run.
final class Passes {
    /// For histories of any length.
    static final Vector<Pass> CHEAP = Vector.of(
            new DropChunks(),
            new DropProcesses(),
            new DropMoves(),
            new SimplifySetup(),
            new DropPairs(),
            new CloseGaps(),
            new Rearrange(),
            new RenameFiles(),
            new SimplifyArguments(),
            new DropAndVary(),
            new SwapRoles(),
            new Reorder());

    /// For short histories: larger and larger neighbourhoods.
    private static final Vector<Pass> THOROUGH =
            Vector.of(new ReplaceCalls(), new DropAndReplace(), new PairArguments());

    /// Those that need nothing but a probe and remember nothing.
    static final Vector<Pass> STATELESS = CHEAP.appendAll(THOROUGH);

    private Passes() {}

    /// All of them, for one shrink: some remember what they did.
    static Vector<Pass> all(JudgedProbe probe) {
        return STATELESS.append(new SearchAnew(probe)).append(new Regrow(probe)).append(new ReplacePairs());
    }

    /// Runs passes until none of them changes anything, beginning anew with the cheap ones after each change.
    static void reduce(Probe probe, Vector<Pass> passes) {
        int at = 0;
        while (at < passes.size() && !probe.isSpent()) {
            long before = probe.taken();
            passes.get(at).run(probe);
            at = probe.taken() != before ? 0 : at + 1;
        }
    }
}
