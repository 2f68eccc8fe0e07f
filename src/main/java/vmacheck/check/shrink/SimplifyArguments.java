package vmacheck.check.shrink;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Gives each single argument every simpler value that it can have, the simplest first. Afterwards no argument can be
/// made simpler without changing another one.
final class SimplifyArguments implements Pass {
    @Override
    public String name() {
        return "simplify arguments";
    }

    @Override
    public void run(Probe probe) {
        for (int i = 0; i < probe.size(); i++) {
            for (int k = 0; i < probe.size() && k < probe.get(i).roles().length && !probe.isSpent(); k++) {
                simplify(probe, i, k);
            }
        }
        simplifyProcesses(probe);
    }

    private static void simplify(Probe probe, int call, int index) {
        Term term = probe.get(call);
        for (int value : simplerValues(probe.best(), term, index)) {
            if (probe.offer(probe.best().with(call, term.with(index, value)))) {
                return;
            }
        }
    }

    /// Values of an argument that are simpler than the one it has, the simplest first.
    static int[] simplerValues(Script script, Term term, int index) {
        Role role = term.roles()[index];
        int value = term.get(index);
        int cost = role.cost(value);
        return IntStream.rangeClosed(role.least(), role.greatest(script.setup))
                .filter(other -> role.cost(other) < cost || (role.cost(other) == cost && other < value))
                .boxed()
                .sorted(Comparator.comparingInt((Integer other) -> role.cost(other))
                        .thenComparingInt(other -> other))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void simplifyProcesses(Probe probe) {
        for (int i = 0; i < probe.size(); i++) {
            boolean done = false;
            for (int process = 0; i < probe.size() && process < probe.get(i).process && !done; process++) {
                done = probe.offer(probe.best().with(i, probe.get(i).by(process)));
            }
        }
    }
}
