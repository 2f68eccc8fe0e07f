package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.List;
import vmacheck.call.MapFlags;
import vmacheck.model.Vma;

/// Leaves one call out and changes one argument of another to any value at all: mmap and write become an mmap that
/// populates, two adjacent mappings one longer one.
final class DropAndVary implements Pass {
    private static final int MOST_CALLS = 14;

    @Override
    public String name() {
        return "drop and vary";
    }

    @Override
    public void run(Probe probe) {
        if (probe.size() > MOST_CALLS) {
            return;
        }
        for (int drop = probe.size() - 1; drop >= 0; drop--) {
            for (int vary = 0; vary < probe.size() && drop < probe.size() && !probe.isSpent(); vary++) {
                if (vary != drop && dropAndVary(probe, drop, vary)) {
                    vary = -1;
                }
            }
        }
    }

    private static boolean dropAndVary(Probe probe, int drop, int vary) {
        Script rest = Families.without(probe, drop, true);
        int index = vary < drop ? vary : vary - 1;
        if (index >= rest.size() || rest.size() != probe.size() - 1) {
            return false;
        }
        for (Term variant : variants(rest, rest.get(index))) {
            if (probe.offer(rest.with(index, variant))) {
                return true;
            }
        }
        return false;
    }

    /// All calls that differ from this one in one argument, or in both ends of a range by the same.
    static List<Term> variants(Script script, Term term) {
        List<Term> variants = new ArrayList<>();
        Role[] roles = term.roles();
        for (int i = 0; i < roles.length; i++) {
            for (int value : values(roles[i], term.get(i))) {
                if (value != term.get(i)) {
                    variants.add(term.with(i, value));
                }
            }
        }
        for (int process = 0; process <= script.forks; process++) {
            if (process != term.process) {
                variants.add(term.by(process));
            }
        }
        return variants;
    }

    private static int[] values(Role role, int value) {
        return switch (role) {
            case ADDRESS, PAGE, DESTINATION, OFFSET, LENGTH, NEW_LENGTH ->
                new int[] {value - 3, value - 2, value - 1, value + 1, value + 2, value + 3};
            case PROT, REMAP_FLAGS, LOCK_ALL_FLAGS -> new int[] {0, 1, 2, 3, 4, 5, 6, 7};
            case MAP_FLAGS ->
                new int[] {
                    value ^ MapFlags.POPULATE,
                    value ^ MapFlags.LOCKED,
                    value ^ MapFlags.FIXED,
                    value ^ MapFlags.NORESERVE,
                    value ^ MapFlags.NOREPLACE,
                    value ^ (MapFlags.SHARED | MapFlags.PRIVATE)
                };
            case LOCK_FLAGS -> new int[] {0, 1};
            case FILE -> new int[] {Vma.NONE, 0, 1, 2, 3};
            case ADVICE -> new int[] {};
        };
    }
}
