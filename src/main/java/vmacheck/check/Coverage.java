package vmacheck.check;

import io.vavr.Tuple;
import io.vavr.Tuple2;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.check.trial.Kind;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.Step;
import vmacheck.model.Vma;
import vmacheck.rules.Refusal;

/// Counts what a search has seen, so that no invariant holds by never being tried: each call with each result, each
/// kind of merge with each state of what is merged, each condition that refused a merge, and the deep states of
/// [Reached].
///
/// Counters only grow and are added up, so the sum over workers does not depend on who did what. Not safe for threads.
public final class Coverage {
    private static final Kind[] KINDS = Kind.values();
    private static final Errno[] ERRNOS = Errno.values();
    private static final Result.Signal[] SIGNALS = Result.Signal.values();
    private static final Refusal[] REFUSALS = Refusal.values();
    private static final Reached[] REACHED = Reached.values();
    private static final int RESULTS = 1 + ERRNOS.length + SIGNALS.length;
    private static final int MERGES = 9;
    private static final String[] STATES = {"unfaulted", "faulted", "fork child", "-"};
    private static final int ABSENT = 3;

    private final long[][] results = new long[KINDS.length][RESULTS];
    private final long[][][][] merges = new long[MERGES][STATES.length][STATES.length][STATES.length];
    private final long[][][] refusals = new long[2][2][REFUSALS.length];
    private final long[] reached = new long[REACHED.length];

    /// Counts one step.
    public void count(Step step) {
        Kind kind = Kind.of(step.call());
        results[kind.ordinal()][index(step.result())]++;
        for (int i = 0; i < step.merges().size(); i++) {
            count(step.merges().get(i));
        }
        Landmarks.count(step, kind, reached);
    }

    private static int index(Result result) {
        return switch (result) {
            case Result.Value _, Result.Child _ -> 0;
            case Result.Failure(Errno errno) -> 1 + errno.ordinal();
            case Result.Fault(Result.Signal signal) -> 1 + ERRNOS.length + signal.ordinal();
        };
    }

    private void count(MergeAttempt attempt) {
        int existing = attempt.candidate().existing() ? 1 : 0;
        Refusal prev = attempt.prevRefusal();
        Refusal next = attempt.nextRefusal();
        if (attempt.merged() != null) {
            merges[attempt.kind()][candidateState(attempt)][state(prev, attempt.prev())][state(next, attempt.next())]++;
        }
        if (prev != null) {
            refusals[existing][0][prev.ordinal()]++;
        }
        if (next != null) {
            refusals[existing][1][next.ordinal()]++;
        }
    }

    private static int candidateState(MergeAttempt attempt) {
        Vma source = attempt.candidate().source();
        return attempt.candidate().anonVma() == Vma.NONE ? 0 : source != null && source.isForkChild() ? 2 : 1;
    }

    private static int state(@Nullable Refusal refusal, @Nullable Vma neighbour) {
        return refusal != null || neighbour == null
                ? ABSENT
                : neighbour.isForkChild() ? 2 : neighbour.isFaulted() ? 1 : 0;
    }

    /// Adds the counts of another search.
    public void add(Coverage other) {
        addTo(results, other.results);
        addTo(merges, other.merges);
        addTo(refusals, other.refusals);
        addTo(reached, other.reached);
    }

    private static void addTo(Object sum, Object more) {
        if (sum instanceof long[] to && more instanceof long[] from) {
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i];
            }
        } else if (sum instanceof Object[] to && more instanceof Object[] from) {
            for (int i = 0; i < to.length; i++) {
                addTo(to[i], from[i]);
            }
        }
    }

    /// How often a kind of merge was done, whatever was merged: 1 to 3 join a new range, 4 to 8 an existing one.
    public long merges(int kind) {
        long sum = 0;
        for (long[][] byCandidate : merges[kind]) {
            for (long[] byPrev : byCandidate) {
                for (long count : byPrev) {
                    sum += count;
                }
            }
        }
        return sum;
    }

    public long count(Reached state) {
        return reached[state.ordinal()];
    }

    /// Every counter with its name, those at zero too, in a fixed order.
    public Vector<Tuple2<String, Long>> counters() {
        List<Tuple2<String, Long>> counters = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (int i = 0; i < RESULTS; i++) {
                counters.add(Tuple.of(kind.text() + " = " + resultName(i), results[kind.ordinal()][i]));
            }
        }
        addMerges(counters);
        addRefusals(counters);
        for (Reached state : REACHED) {
            counters.add(Tuple.of("reached: " + state.text(), reached[state.ordinal()]));
        }
        return Vector.ofAll(counters);
    }

    private static String resultName(int index) {
        return index == 0
                ? "success"
                : index <= ERRNOS.length ? ERRNOS[index - 1].name() : SIGNALS[index - 1 - ERRNOS.length].name();
    }

    private void addMerges(List<Tuple2<String, Long>> counters) {
        for (int kind = 1; kind < MERGES; kind++) {
            boolean left = kind != 3 && kind != 4 && kind != 8;
            boolean right = kind == 1 || kind == 3 || kind == 4 || kind == 6 || kind == 8;
            for (int c = 0; c < ABSENT; c++) {
                for (int p = left ? 0 : ABSENT; p < (left ? ABSENT : ABSENT + 1); p++) {
                    for (int n = right ? 0 : ABSENT; n < (right ? ABSENT : ABSENT + 1); n++) {
                        String parts = (left ? STATES[p] + " + " : "") + "[" + STATES[c] + "]"
                                + (right ? " + " + STATES[n] : "");
                        counters.add(Tuple.of("merge " + kind + ": " + parts, merges[kind][c][p][n]));
                    }
                }
            }
        }
    }

    private void addRefusals(List<Tuple2<String, Long>> counters) {
        for (int existing = 0; existing < 2; existing++) {
            for (int side = 0; side < 2; side++) {
                for (Refusal refusal : REFUSALS) {
                    String where =
                            (existing == 1 ? "existing range" : "new range") + ", " + (side == 0 ? "previous" : "next");
                    counters.add(Tuple.of(
                            "refused: "
                                    + refusal.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + where + ")",
                            refusals[existing][side][refusal.ordinal()]));
                }
            }
        }
    }

    /// All counters that are not zero, one a line, and how many are zero.
    public String table() {
        Vector<Tuple2<String, Long>> all = counters();
        Vector<Tuple2<String, Long>> seen = all.filter(counter -> counter._2 > 0);
        return seen.map(counter -> String.format("%12d  %s%n", counter._2, counter._1))
                        .mkString()
                + String.format("%12d  counters are 0%n", all.size() - seen.size());
    }
}
