package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.kernel.MergeAttempt;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;

/// What was merged agreed in everything that can be observed, and the result keeps it for each page.
final class MergeLegal implements Invariant {
    /// Bits that may differ: the kernel spreads or resets them itself.
    static final long FREE = VmFlags.SOFTDIRTY | VmFlags.MAYBE_GUARD;

    @Override
    public String name() {
        return "merge-legal";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        var merges = observation.step().merges();
        for (int i = 0; i < merges.size(); i++) {
            MergeAttempt attempt = merges.get(i);
            if (isOutside(attempt.candidate())) {
                return violation(attempt.candidate(), "is not a part of the VMA that is to change");
            }
            if (attempt.merged() != null) {
                Violation violation = judge(attempt, attempt.merged());
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }

    private static boolean isOutside(Candidate candidate) {
        Vma source = candidate.source();
        return candidate.existing()
                && source != null
                && (candidate.start() < source.start() || candidate.end() > source.end());
    }

    private @Nullable Violation judge(MergeAttempt attempt, Vma merged) {
        Candidate candidate = attempt.candidate();
        Vma prev = attempt.prevRefusal() == null ? attempt.prev() : null;
        Vma next = attempt.nextRefusal() == null ? attempt.next() : null;
        String problem = prev == null ? null : difference(candidate, prev, prev.end() == candidate.start());
        if (problem == null && prev != null) {
            problem =
                    prev.indexOf(candidate.start()) == candidate.pgoff() ? null : "page offsets that do not follow on";
        }
        if (problem == null && next != null) {
            problem = difference(candidate, next, candidate.end() == next.start());
        }
        if (problem == null && next != null) {
            boolean follows = candidate.pgoff() + candidate.pages() == next.pgoff();
            problem = follows ? null : "page offsets that do not follow on";
        }
        if (problem != null) {
            return violation(candidate, "was merged with a neighbour that has " + problem);
        }
        problem = result(candidate, prev, next, merged);
        return problem == null ? null : violation(candidate, "was merged into " + Text.of(merged) + ", " + problem);
    }

    private static @Nullable String difference(Candidate candidate, Vma neighbour, boolean touches) {
        long differing = (candidate.flags() ^ neighbour.flags()) & ~FREE;
        if (!touches) {
            return "a gap to it";
        }
        if (differing != 0) {
            return "other flags (" + VmFlags.toSmaps(differing) + ")";
        }
        if ((neighbour.flags() & VmFlags.SPECIAL) != 0) {
            return "a special mapping";
        }
        if (candidate.file() != neighbour.file()) {
            return "another file";
        }
        if (candidate.policy() != neighbour.policy()
                || candidate.uffd() != neighbour.uffd()
                || !candidate.name().equals(neighbour.name())) {
            return "another policy, userfaultfd or name";
        }
        return forkChild(candidate, neighbour);
    }

    /// Touched and untouched memory go together only if the touched one has exactly one link. Growth in place brings no
    /// source and is not tested in the kernel either.
    private static @Nullable String forkChild(Candidate candidate, Vma neighbour) {
        if (candidate.anonVma() == Vma.NONE) {
            return neighbour.isForkChild() ? "an anon_vma inherited by fork, which the range has not" : null;
        }
        Vma source = candidate.source();
        return !neighbour.isFaulted() && source != null && source.isForkChild()
                ? "no anon_vma, while the range has one inherited by fork"
                : null;
    }

    /// The union of the parts with their attributes, and every page at the index that it had.
    private static @Nullable String result(Candidate candidate, @Nullable Vma prev, @Nullable Vma next, Vma merged) {
        int start = prev == null ? candidate.start() : prev.start();
        int end = next == null ? candidate.end() : next.end();
        if (merged.start() != start || merged.end() != end) {
            return "which is not " + Text.range(start, end);
        }
        if (merged.indexOf(candidate.start()) != candidate.pgoff()) {
            return "where its first page has the index " + merged.indexOf(candidate.start()) + " instead of "
                    + candidate.pgoff();
        }
        if (((merged.flags() ^ candidate.flags()) & ~FREE) != 0) {
            return "which has other flags (" + VmFlags.toSmaps((merged.flags() ^ candidate.flags()) & ~FREE) + ")";
        }
        long parts = candidate.flags() | (prev == null ? 0 : prev.flags()) | (next == null ? 0 : next.flags());
        if (((merged.flags() ^ parts) & VmFlags.MAYBE_GUARD) != 0) {
            return "which forgets that a part may have guards";
        }
        return merged.file() == candidate.file() ? null : "which maps another file";
    }

    private Violation violation(Candidate candidate, String what) {
        String message = "the range " + Text.range(candidate.start(), candidate.end()) + " of P" + candidate.process()
                + " " + what;
        return Violation.of(this, candidate.process(), message, candidate.start());
    }
}
