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

    private Broken() {}
}
