package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.MergePlan;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Refusal;
import vmacheck.rules.Rules;

/// After a successful call the rules would not merge, if asked for one of two neighbours, what meets where the call
/// made or changed something.
final class NoMissedMerge implements Invariant {
    @Override
    public String name() {
        return "no-missed-merge";
    }

    @Override
    public Level level() {
        return Level.ADVICE;
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        if (!step.result().isSuccess()) {
            return null;
        }
        var merges = step.merges();
        for (int i = 0; i < merges.size(); i++) {
            MergeAttempt attempt = merges.get(i);
            Candidate candidate = attempt.candidate();
            Violation violation = null;
            if (attempt.prevRefusal() != null) {
                violation = boundary(observation, candidate, candidate.start());
            }
            if (violation == null && attempt.nextRefusal() != null && attempt.nextRefusal() != Refusal.SIDES) {
                violation = boundary(observation, candidate, candidate.end());
            }
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable Violation boundary(Observation observation, Candidate candidate, int page) {
        int process = candidate.process();
        AddressSpace space = observation.facts().space(process);
        int i = space.indexAfter(page);
        Vma upper = space.vmas().get(i);
        Vma lower = space.vmas().get(i - 1);
        if (upper == null || lower == null || upper.start() != page || lower.end() != page) {
            return null;
        }
        Vma inner = page == candidate.start() ? upper : lower;
        if (((inner.flags() ^ candidate.flags()) & ~MergeLegal.FREE) != 0
                && observation.step().call() instanceof Call.Mremap) {
            // mremap(dontunmap) unlocks last of all.
            return null;
        }
        Rules rules = observation.rules();
        MachineView view = new MachineView(observation.facts().after());
        boolean fits = MergePlan.refusal(rules, view, whole(process, upper), lower, true) == null
                || MergePlan.refusal(rules, view, whole(process, lower), upper, false) == null;
        if (!fits) {
            return null;
        }
        String message = "VMAs " + Text.of(lower) + " and " + Text.of(upper) + " of P" + process + " stay apart, and "
                + rules.name() + " would merge them";
        return Violation.of(this, process, message, page - 1, page);
    }

    /// A VMA that asks to be merged as it is.
    private static Candidate whole(int process, Vma vma) {
        return new Candidate(
                process,
                vma.start(),
                vma.end(),
                vma.flags(),
                vma.pgoff(),
                vma.anonVma(),
                vma.file(),
                vma.policy(),
                vma.uffd(),
                vma.name(),
                vma,
                true);
    }
}
