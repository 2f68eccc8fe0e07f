package vmacheck.rules.linux;

import org.jspecify.annotations.Nullable;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.Candidate;
import vmacheck.rules.FolioTest;
import vmacheck.rules.LendTest;
import vmacheck.rules.MergeTest;
import vmacheck.rules.OffsetRule;
import vmacheck.rules.ReuseTest;
import vmacheck.rules.SealTest;
import vmacheck.rules.SidesTest;
import vmacheck.rules.VmaTest;

/// The known answers to the decisions that are functions.
public final class Conditions {
    public static final Answer<MergeTest> MERGES = new Answer<>("yes", "all versions", MergeTest.ALWAYS);
    public static final Answer<MergeTest> NEVER_MERGES =
            new Answer<>("no", "a reference for what user space must not notice", MergeTest.NEVER);

    public static final Answer<MergeTest> NOT_SPECIAL = new Answer<>(
            "special mappings stay alone", "all versions", (_, c, _, _) -> (c.flags() & VmFlags.SPECIAL) == 0);
    public static final Answer<MergeTest> FLAGS_BUT_SOFTDIRTY =
            new Answer<>("all but soft-dirty", "up to 6.18.35", (_, c, n, _) -> flagsAgree(c, n, VmFlags.SOFTDIRTY));
    public static final Answer<MergeTest> FLAGS_BUT_STICKY = new Answer<>(
            "all but soft-dirty and maybe-guard",
            "6.18.44 (observed), 6.19",
            (_, c, n, _) -> flagsAgree(c, n, VmFlags.SOFTDIRTY | VmFlags.MAYBE_GUARD));
    public static final Answer<MergeTest> SAME_FILE =
            new Answer<>("the same open file", "all versions", (_, c, n, _) -> c.file() == n.file());
    public static final Answer<MergeTest> SAME_POLICY =
            new Answer<>("equal policies", "all versions", (_, c, n, _) -> c.policy() == n.policy());
    public static final Answer<MergeTest> SAME_UFFD =
            new Answer<>("the same context", "all versions", (_, c, n, _) -> c.uffd() == n.uffd());
    public static final Answer<MergeTest> SAME_NAME =
            new Answer<>("equal names", "5.17", (_, c, n, _) -> c.name().equals(n.name()));
    public static final Answer<MergeTest> CONTIGUOUS_PGOFF = new Answer<>(
            "they follow on",
            "all versions",
            (_, c, n, previous) -> previous ? n.pgoff() + n.pages() == c.pgoff() : c.pgoff() + c.pages() == n.pgoff());

    /// An unfaulted neighbour has an empty chain, so a faulted range never joins it: an accident of 965f55dea0e3.
    public static final Answer<MergeTest> ANON_VMA_SINGULAR_NEIGHBOUR = new Answer<>(
            "equal, or one missing and the neighbour's chain singular",
            "965f55dea0e3 (3.0) to 6.15",
            (_, c, n, _) -> (c.anonVma() == Vma.NONE || n.anonVma() == Vma.NONE)
                            && n.chain().isSingular()
                    || c.anonVma() == n.anonVma());
    public static final Answer<MergeTest> ANON_VMA_UNCHECKED_COPY = new Answer<>(
            "equal, or one missing and the changed VMA or the neighbour no fork child",
            "879bca0a2c4f (6.16) to 6.18.7",
            (_, c, n, _) -> anonVmaCompatible(c, n, c.existing() ? c.source() : null));
    public static final Answer<MergeTest> ANON_VMA_NO_FORK_CHILD = new Answer<>(
            "equal, or one missing and the other no fork child",
            "3b617fd3d317 (6.18.8, 6.19), observed on 6.18.44",
            (_, c, n, _) -> anonVmaCompatible(c, n, c.source()));

    public static final Answer<SidesTest> SIDES = new Answer<>(
            "one unfaulted, or the same anon_vma",
            "all versions",
            (_, _, prev, next) -> !prev.isFaulted() || !next.isFaulted() || prev.anonVma() == next.anonVma());

    public static final Answer<LendTest> LENDS_SINGULAR = new Answer<>(
            "a contiguous one with a singular chain",
            "anon_vma_compatible, reusable_anon_vma; d0e9fe1758f2 and later",
            (_, neighbour, lower, upper) -> neighbour.chain().isSingular() && contiguous(lower, upper));
    public static final Answer<LendTest> LENDS_ANY = new Answer<>(
            "a contiguous one, whatever its chain",
            "2.6.34-rc1 to rc3",
            (_, _, lower, upper) -> contiguous(lower, upper));

    public static final Answer<ReuseTest> REUSES_IDLE = new Answer<>(
            "one with fewer than two children and no active VMA",
            "2555283eb40d (6.0)",
            (a, _) -> a.children() < 2 && a.activeVmas() == 0);
    /// One counter for both: children (a root counts itself) and VMAs whose own anon_vma it is.
    public static final Answer<ReuseTest> REUSES_BY_DEGREE = new Answer<>(
            "one with a degree below two that is not the parent's",
            "7a3ef208e662 (3.19) to 5.19",
            (a, parent) -> a.id() != parent.anonVma() && a.children() + a.activeVmas() < 2);

    public static final Answer<OffsetRule> KEPT_UNLESS_UNFAULTED = new Answer<>(
            "the destination's if anonymous and unfaulted, else its own",
            "all versions",
            (_, _, source, from, _, to) -> source.isAnonymous() && !source.isFaulted() ? to : source.indexOf(from));

    public static final Answer<VmaTest> SKIPS_DONTCOPY = new Answer<>(
            "those with dontcopy", "f82256616155 (2.6.16) and later", (_, vma) -> vma.has(VmFlags.DONTCOPY));

    public static final Answer<VmaTest> WIPES_WIPEONFORK = new Answer<>(
            "those with wipeonfork", "d2cd9ede6e19 (4.14) and later", (_, vma) -> vma.has(VmFlags.WIPEONFORK));

    /// Without an anon_vma everything can be faulted in again, but for guard markers.
    public static final Answer<VmaTest> COPIES_FAULTED_OR_GUARDED = new Answer<>(
            "what has an anon_vma or may have guards",
            "vma_needs_copy, 6.18.44; guards always came with an anon_vma before",
            (_, vma) -> vma.isFaulted() || vma.has(VmFlags.MAYBE_GUARD));

    public static final Answer<FolioTest> OPENS_EXCLUSIVE = new Answer<>(
            "exclusive anonymous ones",
            "64fe24a3e05e (6.1)",
            (_, vma, folio) -> folio.anonymous() && folio.exclusive() && vma.isPrivate());

    /// What its owner could overwrite may be discarded, and so may all that belongs to a file.
    public static final Answer<SealTest> FORBIDS_ALL_BUT_LOSSLESS_DISCARD = new Answer<>(
            "all but to discard what is writable or of a file",
            "6.10 and later, as in 6.18.44",
            (deed, vma) -> deed != SealTest.Deed.DISCARD || vma.isAnonymous() && !vma.has(VmFlags.WRITE));

    private Conditions() {}

    private static boolean flagsAgree(Candidate candidate, Vma neighbour, long ignored) {
        return ((candidate.flags() ^ neighbour.flags()) & ~ignored) == 0;
    }

    private static boolean anonVmaCompatible(Candidate candidate, Vma neighbour, @Nullable Vma checked) {
        if (neighbour.anonVma() == Vma.NONE && candidate.anonVma() != Vma.NONE) {
            return checked == null || !checked.isForkChild();
        }
        if (neighbour.anonVma() != Vma.NONE && candidate.anonVma() == Vma.NONE) {
            return !neighbour.isForkChild();
        }
        return candidate.anonVma() == neighbour.anonVma();
    }

    private static boolean contiguous(Vma lower, Vma upper) {
        long compared = ~(VmFlags.ACCESS | VmFlags.SOFTDIRTY | VmFlags.MAYBE_GUARD);
        return lower.end() == upper.start()
                && lower.policy() == upper.policy()
                && lower.file() == upper.file()
                && ((lower.flags() ^ upper.flags()) & compared) == 0
                && upper.pgoff() == lower.indexOf(upper.start());
    }
}
