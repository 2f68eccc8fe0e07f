package vmacheck.check.shrink;

import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Removes processes: with all their calls, or so that the parent makes the calls of its child, or so that the child
/// makes those of its parent after the fork.
final class DropProcesses implements Pass {
    @Override
    public String name() {
        return "drop processes";
    }

    @Override
    public void run(Probe probe) {
        for (int i = probe.size() - 1; i >= 0 && !probe.isSpent(); i--) {
            if (i < probe.size() && probe.get(i).kind == Kind.FORK) {
                boolean dropped = probe.offer(Families.without(probe, i, false))
                        || probe.offer(Families.without(probe, i, true))
                        || probe.offer(withoutParent(probe, i));
            }
        }
    }

    /// The parent's calls after the fork go, the child's are made by the parent.
    private static Script withoutParent(Probe probe, int fork) {
        boolean[] drop = new boolean[probe.size()];
        int parent = probe.get(fork).process;
        for (int i = fork; i < drop.length; i++) {
            drop[i] = i == fork || (probe.get(i).process == parent && probe.child(i) == Vma.NONE);
        }
        return Families.without(probe, drop, true);
    }
}
