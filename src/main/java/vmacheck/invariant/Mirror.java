package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.MergePlan;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Refusal;
import vmacheck.rules.Rules;

/// What the rules say to a merge they also say to its mirror image, in which addresses and offsets run the other way
/// and the neighbours have changed places.
final class Mirror implements Invariant {
    @Override
    public String name() {
        return "mirror";
    }

    @Override
    public Level level() {
        return Level.ADVICE;
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        var merges = observation.step().merges();
        for (int i = 0; i < merges.size(); i++) {
            Violation violation = judge(observation, merges.get(i));
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable Violation judge(Observation observation, MergeAttempt attempt) {
        Candidate candidate = attempt.candidate();
        Vma prev = attempt.prev() != null && attempt.prev().end() == candidate.start() ? attempt.prev() : null;
        Vma next = attempt.next() != null && attempt.next().start() == candidate.end() ? attempt.next() : null;
        if (prev == null && next == null) {
            return null;
        }
        Rules rules = observation.rules();
        MachineView view = new MachineView(observation.facts().after());
        boolean left = attempt.prevRefusal() != Refusal.INSIDE;
        boolean right = attempt.nextRefusal() != Refusal.INSIDE;
        MergePlan plan = MergePlan.decide(rules, view, candidate, prev, next, left, right);
        int pages = observation.facts().after().setup().pages();
        MergePlan image = MergePlan.decide(
                rules, view, reflect(candidate, pages), reflect(next, pages), reflect(prev, pages), right, left);
        if (plan.joinsPrev() == image.joinsNext() && plan.joinsNext() == image.joinsPrev()) {
            return null;
        }
        String message = "the range " + Text.range(candidate.start(), candidate.end()) + " of P" + candidate.process()
                + " joins " + sides(plan.joinsPrev(), plan.joinsNext()) + "; mirrored, "
                + sides(image.joinsNext(), image.joinsPrev());
        return Violation.of(this, candidate.process(), message, candidate.start());
    }

    private static String sides(boolean below, boolean above) {
        return below && above
                ? "both neighbours"
                : below ? "the neighbour below" : above ? "the neighbour above" : "nothing";
    }

    private static Candidate reflect(Candidate c, int pages) {
        return new Candidate(
                c.process(),
                pages - c.end(),
                pages - c.start(),
                c.flags(),
                reflectOffset(c.pgoff(), c.pages()),
                c.anonVma(),
                c.file(),
                c.policy(),
                c.uffd(),
                c.name(),
                reflect(c.source(), pages),
                c.existing());
    }

    private static @Nullable Vma reflect(@Nullable Vma vma, int pages) {
        return vma == null
                ? null
                : vma.withRange(pages - vma.end(), pages - vma.start(), reflectOffset(vma.pgoff(), vma.pages()));
    }

    /// Page offsets run backwards from 0, so that what followed on still does.
    private static int reflectOffset(int pgoff, int pages) {
        return -(pgoff + pages);
    }
}
