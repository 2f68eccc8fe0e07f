import static vmacheck.rules.Decisions.COMPATIBLE_ANON_VMA;

import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.Candidate;
import vmacheck.rules.MergeTest;
import vmacheck.rules.Rules;
import vmacheck.rules.View;
import vmacheck.rules.linux.Linux;

/// Rules of your own: a kernel with some answers replaced.
///
///     ./vmacheck rules NAME.java                                        shows all decisions, and what is different
///     ./vmacheck check --rules NAME.java                                searches for what goes wrong
///     ./vmacheck compare --rules linux-6.18 --rules NAME.java           shows what changes
///
/// A decision is one question that a kernel answers; `./vmacheck rules linux-6.18` lists them all with the kernel
/// function that decides each. The name of decision `same-flags` is here `Decisions.SAME_FLAGS`, and so on. An answer
/// has a name (what it says, in a few words), a source (version, commit, or why you ask) and its value: yes or no, one
/// of a few constants, or a function. A function may look at its arguments and at nothing else: the same question gets
/// the same answer. It gets
///
/// - the memory as it is in the middle of the call (`view`): anon_vmas, folios, page table entries, VMAs
/// - the range that asks to be merged (`candidate`): the fields of `struct vma_merge_struct`
/// - the neighbour, a VMA, and whether it is the previous one (it ends where the candidate starts) or the next one
public final class NAME {
    /// Exactly one field like this one. Its name does not matter: these rules go by the path of the file.
    public static final Rules RULES = Linux.V6_18
            .with(
                    COMPATIBLE_ANON_VMA,
                    new Answer<>("equal, or one missing", "what if fork children merged too?", NAME::compatible))
            .named("NAME", "Linux 6.18 where faulted and unfaulted memory merges even in a fork child");

    private NAME() {}

    private static boolean compatible(View view, Candidate candidate, Vma neighbour, boolean previous) {
        return candidate.anonVma() == Vma.NONE
                || neighbour.anonVma() == Vma.NONE
                || candidate.anonVma() == neighbour.anonVma();
    }

    /// Any number of functions and constants may stand beside it. This one starts from what Linux 6.18 does: give it to
    /// `.with(COMPATIBLE_ANON_VMA, new Answer<>("...", "...", STRICTER))`.
    private static final MergeTest STRICTER = (view, candidate, neighbour, previous) ->
            Linux.V6_18.get(COMPATIBLE_ANON_VMA).allows(view, candidate, neighbour, previous)
                    && candidate.anonVma() == neighbour.anonVma();
}
