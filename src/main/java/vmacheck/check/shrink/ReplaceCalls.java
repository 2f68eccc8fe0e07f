package vmacheck.check.shrink;

/// Replaces single calls by any call of the vocabulary: of a simpler kind, or the only one left of two.
final class ReplaceCalls implements Pass {
    private static final int MOST_CALLS = 14;

    @Override
    public String name() {
        return "replace calls";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        Term[] vocabulary = Vocabulary.of(probe.best());
        for (int i = probe.size() - 1; i >= 0; i--) {
            for (int k = 0; i < probe.size() && k < vocabulary.length && !probe.isSpent(); k++) {
                if (vocabulary[k].weight > probe.get(i).weight
                        || probe.offer(probe.best().with(i, vocabulary[k]))) {
                    break;
                }
            }
        }
    }
}
