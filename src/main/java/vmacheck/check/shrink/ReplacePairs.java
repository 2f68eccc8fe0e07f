package vmacheck.check.shrink;

/// Replaces two calls at once by any two of the vocabulary that weigh less together: the last stage, for short
/// histories only.
final class ReplacePairs implements Pass {
    private static final int MOST_CALLS = 7;

    @Override
    public String name() {
        return "replace pairs";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        Term[] vocabulary = Vocabulary.of(probe.best());
        for (int i = 0; i < probe.size(); i++) {
            for (int j = i + 1; j < probe.size() && !probe.isSpent(); j++) {
                replace(probe, i, j, vocabulary);
            }
        }
    }

    private static void replace(Probe probe, int i, int j, Term[] vocabulary) {
        for (Term one : vocabulary) {
            for (Term other : vocabulary) {
                if (j >= probe.size() || probe.isSpent()) {
                    return;
                }
                if (one.weight + other.weight > probe.get(i).weight + probe.get(j).weight) {
                    break;
                }
                probe.offer(probe.best().with(i, one, j, other));
            }
        }
    }
}
