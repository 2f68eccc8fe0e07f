package vmacheck.check.compare;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Level;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.Step;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Table;
import vmacheck.rules.Refusal;

/// What some histories came to under one set of rules. Sums, so that they do not depend on who counted what.
public final class Tally {
    private static final int KINDS = 9;

    private final long[] merges = new long[KINDS];
    private final long[] refusals = new long[Refusal.values().length];
    private long vmasAtEnd;
    private long vmasAtPeak;
    private long pagesRewritten;
    private long pagesLookedAt;
    private long anonVmasAtEnd;
    private final Map<String, Long> violations = new TreeMap<>();
    private int peak;
    private boolean violated;
    private @Nullable String ownFailure;
    private long ownFailureIndex = Long.MAX_VALUE;

    void begin() {
        peak = 0;
        violated = false;
    }

    void count(Step step) {
        for (int i = 0; i < step.merges().size(); i++) {
            count(step.merges().get(i));
        }
        pagesLookedAt += step.looks();
        if (step.after() != step.before()) {
            peak = Math.max(peak, vmas(step.after()));
            pagesRewritten += rewritten(step);
        }
    }

    /// Of a history that goes on, the first violation counts: what follows may be its consequence.
    void judge(Verdict verdict, long index) {
        for (Violation violation : verdict.violations()) {
            if (!violated && violation.level() == Level.SAFETY) {
                violations.merge(violation.invariant(), 1L, Long::sum);
            }
            if (violation.invariant().equals(OwnCode.DEFECT) && index < ownFailureIndex) {
                ownFailure = violation.message();
                ownFailureIndex = index;
            }
        }
        violated |= Trial.safety(verdict).nonEmpty();
    }

    void end(Machine machine) {
        vmasAtEnd += vmas(machine);
        vmasAtPeak += peak;
        Table<AnonVma> all = machine.anonVmas();
        for (int id = 0; id < all.size(); id++) {
            AnonVma anonVma = all.get(id);
            anonVmasAtEnd += anonVma != null && !anonVma.freed() ? 1 : 0;
        }
    }

    private void count(MergeAttempt attempt) {
        if (attempt.merged() != null) {
            merges[attempt.kind()]++;
        }
        if (attempt.prevRefusal() != null) {
            refusals[attempt.prevRefusal().ordinal()]++;
        }
        if (attempt.nextRefusal() != null) {
            refusals[attempt.nextRefusal().ordinal()]++;
        }
    }

    private static int vmas(Machine machine) {
        int count = 0;
        for (int p = 0; p < machine.processes().size(); p++) {
            Process process = machine.live(p);
            count += process == null ? 0 : process.space().vmas().size();
        }
        return count;
    }

    /// Anonymous folios that were given another anon_vma or index, other than by an access: what merging and moving
    /// cost that must touch every page.
    private static int rewritten(Step step) {
        Table<Folio> now = step.after().folios();
        Table<Folio> then = step.before().folios();
        if (now == then || step.call() instanceof Call.Write || step.call() instanceof Call.Read) {
            return 0;
        }
        int count = 0;
        for (int id = 0; id < then.size(); id++) {
            Folio old = then.get(id);
            Folio folio = now.get(id);
            boolean moved = old != null
                    && folio != null
                    && old != folio
                    && old.anonymous()
                    && (old.mapping() != folio.mapping() || old.index() != folio.index());
            count += moved ? 1 : 0;
        }
        return count;
    }

    void add(Tally other) {
        for (int kind = 0; kind < KINDS; kind++) {
            merges[kind] += other.merges[kind];
        }
        for (int refusal = 0; refusal < refusals.length; refusal++) {
            refusals[refusal] += other.refusals[refusal];
        }
        vmasAtEnd += other.vmasAtEnd;
        vmasAtPeak += other.vmasAtPeak;
        pagesRewritten += other.pagesRewritten;
        pagesLookedAt += other.pagesLookedAt;
        anonVmasAtEnd += other.anonVmasAtEnd;
        other.violations.forEach((name, count) -> violations.merge(name, count, Long::sum));
        if (other.ownFailureIndex < ownFailureIndex) {
            ownFailure = other.ownFailure;
            ownFailureIndex = other.ownFailureIndex;
        }
    }

    /// Merges of this kind: 1 to 3 join a new range, 4 to 8 an existing one.
    public long merges(int kind) {
        return merges[kind];
    }

    public long merges() {
        long sum = 0;
        for (long count : merges) {
            sum += count;
        }
        return sum;
    }

    /// How often this condition was the first to keep a range from a neighbour.
    public long refusals(Refusal refusal) {
        return refusals[refusal.ordinal()];
    }

    /// VMAs of all processes when each history ended, in sum.
    public long vmasAtEnd() {
        return vmasAtEnd;
    }

    /// The most VMAs that there were at once in each history, in sum.
    public long vmasAtPeak() {
        return vmasAtPeak;
    }

    public long pagesRewritten() {
        return pagesRewritten;
    }

    /// Page table entries that were looked at to decide on an offset or a merge.
    public long pagesLookedAt() {
        return pagesLookedAt;
    }

    /// anon_vmas that were not freed when each history ended, in sum.
    public long anonVmasAtEnd() {
        return anonVmasAtEnd;
    }

    /// By invariant: histories that violated it first of all.
    public Map<String, Long> violations() {
        return violations;
    }

    /// How a user's code failed first, or null if it did not.
    public @Nullable String ownFailure() {
        return ownFailure;
    }
}
