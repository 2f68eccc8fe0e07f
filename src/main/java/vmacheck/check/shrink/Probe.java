package vmacheck.check.shrink;

/// The best history so far, and the test that a simpler one must pass to take its place. Passes propose, the probe
/// decides.
abstract class Probe {
    private final Tried tried = new Tried();
    private Script best;
    private long candidates;
    private long taken;

    Probe(Script start) {
        best = start;
        tried.add(start.hash);
    }

    Script best() {
        return best;
    }

    int size() {
        return best.size();
    }

    Term get(int index) {
        return best.get(index);
    }

    /// Histories that were put to the test.
    long candidates() {
        return candidates;
    }

    /// Those that became the best history.
    long taken() {
        return taken;
    }

    /// The process that call `index` of the best history made, or [Vma#NONE].
    abstract int child(int index);

    /// Whether to give up: every loop over candidates ends then.
    abstract boolean isSpent();

    /// How many calls of the candidate it takes to fail like the best history, or 0 if it does not. What was accepted
    /// is the best history from then on.
    abstract int test(Script candidate);

    /// Makes the candidate the best history if it is simpler and fails alike. What follows its failing call is dropped.
    final boolean offer(Script candidate) {
        if (!SimplerThan.isSimpler(candidate, best) || !candidate.fits() || isSpent() || !tried.add(candidate.hash)) {
            return false;
        }
        candidates++;
        int calls = test(candidate);
        if (calls > 0) {
            best = candidate.head(calls);
            taken++;
        }
        return calls > 0;
    }

    /// Whether this history, or one that begins with it, was put to the test before.
    final boolean wasTried(Script script) {
        return tried.contains(script.hash);
    }

    final void addCandidates(long more) {
        candidates += more;
    }
}
