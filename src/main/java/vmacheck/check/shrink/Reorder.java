package vmacheck.check.shrink;

/// Moves each call to each other position.
final class Reorder implements Pass {
    private static final int MOST_CALLS = 40;

    @Override
    public String name() {
        return "reorder";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        for (int from = 0; from < probe.size(); from++) {
            for (int to = 0; to < probe.size() && !probe.isSpent(); to++) {
                if (from != to && from < probe.size()) {
                    probe.offer(probe.best().moved(from, to));
                }
            }
        }
    }
}
