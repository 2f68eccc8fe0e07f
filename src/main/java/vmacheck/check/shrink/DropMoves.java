package vmacheck.check.shrink;

import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Removes an mremap, and what came after aims at the old place, or what came before makes its memory at the new one.
final class DropMoves implements Pass {
    private static final int FROM = 0;
    private static final int LENGTH = 1;
    private static final int TO = 4;

    @Override
    public String name() {
        return "drop moves";
    }

    @Override
    public void run(Probe probe) {
        for (int i = probe.size() - 1; i >= 0 && !probe.isSpent(); i--) {
            if (i < probe.size()
                    && probe.get(i).kind == Kind.MREMAP
                    && probe.get(i).get(TO) != Vma.NONE) {
                Term move = probe.get(i);
                int shift = move.get(TO) - move.get(FROM);
                int length = Math.max(1, move.get(LENGTH));
                Script later =
                        Places.shifted(probe.best(), i + 1, probe.size(), move.get(TO), move.get(TO) + length, -shift);
                Script earlier = Places.shifted(probe.best(), 0, i, move.get(FROM), move.get(FROM) + length, shift);
                boolean dropped = probe.offer(later.without(i)) || probe.offer(earlier.without(i));
            }
        }
    }
}
