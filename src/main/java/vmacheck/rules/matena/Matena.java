package vmacheck.rules.matena;

import static vmacheck.rules.Decisions.*;

import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Pte;
import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.Candidate;
import vmacheck.rules.MergeTest;
import vmacheck.rules.OffsetRule;
import vmacheck.rules.Reindex;
import vmacheck.rules.Repoint;
import vmacheck.rules.Rules;
import vmacheck.rules.SidesTest;
import vmacheck.rules.View;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;

/// Jakub Matěna, "Removing limitations of merging anonymous VMAs" (2022), as first posted on 18 February 2022.
public final class Matena {
    private static final String POSTED = "RFC of 18 February 2022, on 5.17-rc4";

    /// Faulted memory that nobody shares gets the destination's offset (`update_faulted_pgoff`).
    private static final Answer<OffsetRule> ADJUSTED = new Answer<>(
            "the destination's if anonymous and shared with nobody, else its own", POSTED, Matena::adjustedPgoff);

    /// Different anon_vmas go together if the range's own is a root without children (`is_mergeable_anon_vma`).
    private static final Answer<MergeTest> UNSHARED_ROOT = new Answer<>(
            "as before, or different if the range's is a root without children", POSTED, Matena::compatible);

    /// Both sides are joined through `next`, which takes the place of the range in the test.
    private static final Answer<SidesTest> SIDES_UNSHARED = new Answer<>(
            "one unfaulted, the same anon_vma, or next's a root without children",
            POSTED,
            (view, candidate, prev, next) ->
                    Conditions.SIDES.value().allows(view, candidate, prev, next) || mayReplace(view, next.anonVma()));

    /// The first posting, both patches: page offsets follow mremap, different anon_vmas merge.
    public static final Rules V1 = Linux.V5_17
            .with(MOVED_PGOFF, ADJUSTED)
            .with(REINDEX, new Answer<>("every page of the source VMA", POSTED, Reindex.WHOLE_VMA))
            .with(COMPATIBLE_ANON_VMA, UNSHARED_ROOT)
            .with(COMPATIBLE_SIDES, SIDES_UNSHARED)
            .with(REPOINT, new Answer<>("those of a removed VMA", POSTED, Repoint.REMOVED_VMA))
            .named("matena-v1", "the 2022 series as first posted, both patches, on 5.17");

    private Matena() {}

    private static int adjustedPgoff(View view, int process, Vma source, int from, int to) {
        int kept = Conditions.KEPT_UNLESS_UNFAULTED.value().pgoff(view, process, source, from, to);
        boolean adjust = source.isAnonymous()
                && source.isFaulted()
                && view.anonVma(source.anonVma()).isRoot()
                && noChildren(view, source.anonVma())
                && everyPageMappedOnce(view, process, source);
        return adjust ? to : kept;
    }

    private static boolean compatible(View view, Candidate candidate, Vma neighbour, boolean previous) {
        if (Conditions.ANON_VMA_SINGULAR_NEIGHBOUR.value().allows(view, candidate, neighbour, previous)) {
            return true;
        }
        return neighbour.isFaulted() && mayReplace(view, candidate.anonVma());
    }

    private static boolean mayReplace(View view, int anonVma) {
        return anonVma != Vma.NONE && view.anonVma(anonVma).isRoot() && noChildren(view, anonVma);
    }

    /// `rbt_no_children`: true iff every VMA that is linked to it has it as its own.
    private static boolean noChildren(View view, int id) {
        AnonVma anonVma = view.anonVma(id);
        for (Avc link : anonVma.tree()) {
            Vma vma = view.vma(link.process(), link.vma());
            if (vma == null || vma.anonVma() != id) {
                return false;
            }
        }
        return true;
    }

    private static boolean everyPageMappedOnce(View view, int process, Vma vma) {
        for (int page = vma.start(); page < vma.end(); page++) {
            if (view.pte(process, page) instanceof Pte.Present present
                    && view.folio(present.folio()).mapcount() > 1) {
                return false;
            }
        }
        return true;
    }
}
