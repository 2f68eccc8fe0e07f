package vmacheck.check.shrink;

/// Leaves one call out and replaces another by any call of the vocabulary.
final class DropAndReplace implements Pass {
    private static final int MOST_CALLS = 10;

    @Override
    public String name() {
        return "drop and replace";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        Term[] vocabulary = Vocabulary.of(probe.best());
        for (int drop = probe.size() - 1; drop >= 0; drop--) {
            for (int i = 0; i < probe.size() - 1 && drop < probe.size() && !probe.isSpent(); i++) {
                Script rest = Families.without(probe, drop, true);
                if (i < rest.size() && replace(probe, rest, i, vocabulary)) {
                    i = -1;
                }
            }
        }
    }

    private static boolean replace(Probe probe, Script rest, int index, Term[] vocabulary) {
        for (Term term : vocabulary) {
            if (probe.offer(rest.with(index, term))) {
                return true;
            }
        }
        return false;
    }
}
