package vmacheck.check.shrink;

/// Leaves out two calls at once: what one does and the other takes back.
final class DropPairs implements Pass {
    private static final int MOST_CALLS = 60;

    @Override
    public String name() {
        return "drop pairs";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        for (int i = probe.size() - 1; i > 0; i--) {
            for (int j = i - 1; j >= 0 && !probe.isSpent(); j--) {
                if (i < probe.size()) {
                    boolean[] drop = new boolean[probe.size()];
                    drop[i] = true;
                    drop[j] = true;
                    if (!probe.offer(Families.without(probe, drop, false))) {
                        probe.offer(Families.without(probe, drop, true));
                    }
                }
            }
        }
    }
}
