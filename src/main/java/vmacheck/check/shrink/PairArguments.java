package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.List;

/// Changes two arguments at once, of one call or of two, where the sum gets simpler: the address of a mapping and that
/// of the call that uses it.
final class PairArguments implements Pass {
    private static final int MOST_CALLS = 12;

    @Override
    public String name() {
        return "pairs of arguments";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        for (int i = 0; i < probe.size(); i++) {
            for (int j = i; j < probe.size() && !probe.isSpent(); j++) {
                while (i < probe.size() && j < probe.size() && improve(probe, i, j)) {
                    continue;
                }
            }
        }
    }

    private static boolean improve(Probe probe, int i, int j) {
        Script best = probe.best();
        List<Term> first = DropAndVary.variants(best, best.get(i));
        if (i == j) {
            for (Term once : first) {
                for (Term twice : DropAndVary.variants(best, once)) {
                    if (probe.offer(best.with(i, twice))) {
                        return true;
                    }
                }
            }
            return false;
        }
        List<Term> second = new ArrayList<>(DropAndVary.variants(best, best.get(j)));
        long sum = best.get(i).weight + best.get(j).weight;
        for (Term one : first) {
            for (Term other : second) {
                if (one.weight + other.weight <= sum && probe.offer(best.with(i, one, j, other))) {
                    return true;
                }
            }
        }
        return false;
    }
}
