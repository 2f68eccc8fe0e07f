package vmacheck.live;

import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.MergeTest;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Rules that no kernel follows, to show that a comparison can fail.
final class Broken {
    /// Memory merges whatever its flags are.
    static final Rules FLAGS = Linux.V6_18
            .with(Decisions.SAME_FLAGS, new Answer<>("none", "wrong on purpose", MergeTest.ALWAYS))
            .named("broken-flags", "Linux 6.18 that merges without looking at flags");

    /// A fork never takes over the anon_vma of a dead generation: no memory changes for it, only what is hidden.
    static final Rules REUSE = Linux.V6_18
            .with(Decisions.REUSES_ANON_VMA, new Answer<>("none", "wrong on purpose", (_, _) -> false))
            .named("broken-reuse", "Linux 6.18 that takes over no anon_vma at a fork");

    /// A write that reuses a page leaves it with the anon_vma that it has.
    static final Rules STAYS = Linux.V6_18
            .with(Decisions.REUSE_MOVES_FOLIO, new Answer<>("no", "wrong on purpose", false))
            .named("broken-stays", "Linux 6.18 that ties no page to the process that alone maps it");

    private Broken() {}
}
