package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;

/// What can ask to be merged.
final class Candidates {
    private Candidates() {}

    /// A range of a VMA that gets these flags.
    static Candidate rangeOf(Space space, Vma vma, int start, int end, long flags) {
        return new Candidate(
                space.process,
                start,
                end,
                flags,
                vma.indexOf(start),
                vma.anonVma(),
                vma.file(),
                vma.policy(),
                vma.uffd(),
                vma.name(),
                vma,
                true);
    }

    /// A copy of all that a VMA brings to a merge somewhere else (`copy_vma`).
    static Candidate copyOf(Space space, Vma source, int start, int end, int pgoff) {
        return like(space, source, start, end, pgoff, source);
    }

    /// What a VMA grows by up to `end`, where nothing tests whether it is a fork child (`vma_merge_extend`).
    static Candidate extensionOf(Space space, Vma vma, int end) {
        return like(space, vma, vma.end(), end, vma.indexOf(vma.end()), null);
    }

    private static Candidate like(Space space, Vma vma, int start, int end, int pgoff, @Nullable Vma source) {
        return new Candidate(
                space.process,
                start,
                end,
                vma.flags(),
                pgoff,
                vma.anonVma(),
                vma.file(),
                vma.policy(),
                vma.uffd(),
                vma.name(),
                source,
                false);
    }

    /// A range of fresh memory that asks to be merged.
    static Candidate fresh(Space space, int start, int end, long flags, int pgoff, int file) {
        return new Candidate(
                space.process, start, end, flags, pgoff, Vma.NONE, file, Vma.NONE, Vma.NONE, "", null, false);
    }
}
