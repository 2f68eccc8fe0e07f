package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Puts the segments of the layout in another order: left and right change places, or everything is mirrored, and with
/// it, perhaps, the offsets into files. A segment is what lies between two neighbouring places that the history names.
final class Rearrange implements Pass {
    private static final int MOST_SEGMENTS = 6;

    @Override
    public String name() {
        return "rearrange";
    }

    @Override
    public void run(Probe probe) {
        int[] bounds = bounds(probe.best());
        if (bounds.length - 1 > MOST_SEGMENTS) {
            return;
        }
        int[] order = new int[bounds.length - 1];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        while (next(order) && !probe.isSpent()) {
            Script candidate = rearranged(probe.best(), bounds, order);
            if (candidate != null && (probe.offer(candidate) || probe.offer(withOffsetsMirrored(candidate)))) {
                return;
            }
        }
    }

    private static int[] bounds(Script script) {
        List<Integer> bounds = new ArrayList<>();
        bounds.add(0);
        for (int place : Places.named(script)) {
            if (place > 0) {
                bounds.add(place);
            }
        }
        return bounds.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The next permutation in lexicographic order.
    private static boolean next(int[] order) {
        int i = order.length - 2;
        while (i >= 0 && order[i] > order[i + 1]) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        int j = order.length - 1;
        while (order[j] < order[i]) {
            j--;
        }
        swap(order, i, j);
        for (int low = i + 1, high = order.length - 1; low < high; low++, high--) {
            swap(order, low, high);
        }
        return true;
    }

    private static void swap(int[] order, int i, int j) {
        int kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }

    /// Null if a range would be torn apart.
    private static @Nullable Script rearranged(Script script, int[] bounds, int[] order) {
        int[] starts = new int[order.length];
        int at = 0;
        for (int segment : order) {
            starts[segment] = at;
            at += bounds[segment + 1] - bounds[segment];
        }
        Term[] terms = script.toArray();
        for (int i = 0; i < terms.length; i++) {
            Term moved = moved(terms[i], bounds, starts);
            if (moved == null) {
                return null;
            }
            terms[i] = moved;
        }
        return new Script(script.setup, terms);
    }

    private static Script withOffsetsMirrored(Script script) {
        int top = 0;
        for (int i = 0; i < script.size(); i++) {
            for (int k = 0; k < script.get(i).roles().length; k++) {
                top = script.get(i).roles()[k] == Role.OFFSET
                        ? Math.max(top, script.get(i).get(k))
                        : top;
            }
        }
        Term[] terms = script.toArray();
        for (int i = 0; i < terms.length; i++) {
            Role[] roles = terms[i].roles();
            for (int k = 1; k < roles.length; k++) {
                if (roles[k] == Role.OFFSET && terms[i].get(k - 1) != Vma.NONE) {
                    terms[i] = terms[i].with(k, top - terms[i].get(k));
                }
            }
        }
        return new Script(script.setup, terms);
    }

    private static @Nullable Term moved(Term term, int[] bounds, int[] starts) {
        Term changed = term;
        Role[] roles = term.roles();
        for (int i = 0; i < roles.length; i++) {
            int place = term.get(i);
            if (!roles[i].isPlace() || place == Vma.NONE || term.kind == Kind.BRK) {
                continue;
            }
            int low = Integer.MAX_VALUE;
            int high = 0;
            for (int k = 0; k < starts.length; k++) {
                if (bounds[k] >= place && bounds[k] < Math.max(term.end(i), place + 1)) {
                    low = Math.min(low, starts[k]);
                    high = Math.max(high, starts[k] + bounds[k + 1] - bounds[k]);
                }
            }
            if (low == Integer.MAX_VALUE || high - low > Math.max(1, term.end(i) - place)) {
                return null;
            }
            changed = changed.with(i, low);
        }
        return changed;
    }
}
