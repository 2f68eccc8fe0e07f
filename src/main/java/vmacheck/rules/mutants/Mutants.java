package vmacheck.rules.mutants;

import io.vavr.collection.Vector;
import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.MergeTest;
import vmacheck.rules.Rules;
import vmacheck.rules.SwapInOwner;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;

/// Linux 6.18 with one answer replaced by a wrong one. No kernel as a whole was ever like that; each is the shortest
/// way
/// to see an invariant fail.
public final class Mutants {
    private static final String MUTANT = "wrong on purpose";

    /// Memory merges whatever its flags are.
    public static final Rules FLAGS = Linux.V6_18
            .with(Decisions.SAME_FLAGS, new Answer<>("none", MUTANT, MergeTest.ALWAYS))
            .named("broken-flags", "Linux 6.18 that merges without looking at flags");

    /// A child's VMA is linked to its own new anon_vma alone.
    public static final Rules FORK_CHAIN = Linux.V6_18
            .with(Decisions.FORK_LINKS_PARENT_CHAIN, no())
            .named("broken-fork-chain", "Linux 6.18 where a child forgets the anon_vmas of its parent");

    /// The new piece of a VMA that is cut in two has no anon_vma.
    public static final Rules SPLIT_CHAIN = Linux.V6_18
            .with(Decisions.SPLIT_CLONES_CHAIN, no())
            .named("broken-split-chain", "Linux 6.18 where a split does not clone the chain");

    /// A moved range is numbered from its destination, and its pages are not.
    public static final Rules MOVED_PGOFF = Linux.V6_18
            .with(
                    Decisions.MOVED_PGOFF,
                    new Answer<>(
                            "the destination's if anonymous, else its own",
                            MUTANT,
                            (_, _, source, from, to) -> source.isAnonymous() ? to : source.indexOf(from)))
            .named("broken-moved-pgoff", "Linux 6.18 where moved memory gets new page offsets and keeps its pages");

    /// A write goes to the page that is there, whoever else maps it.
    public static final Rules REUSE = Linux.V6_18
            .with(Decisions.REUSE_ASKS_MAPCOUNT, no())
            .named("broken-reuse", "Linux 6.18 that writes to shared pages without copying them");

    /// Memory merges whatever its page offsets are: the merged VMA shows other pages than its parts did.
    public static final Rules PGOFF = Linux.V6_18
            .with(Decisions.CONTIGUOUS_PGOFF, new Answer<>("any", MUTANT, MergeTest.ALWAYS))
            .named("broken-pgoff", "Linux 6.18 that merges without looking at page offsets");

    /// A first fault borrows the anon_vma of a fork child, and not its chain. 2.6.34-rc1 to rc3 were like that;
    /// d0e9fe1758f2 mended it.
    public static final Rules LEND = Linux.V6_18
            .with(Decisions.LENDS_ANON_VMA, Conditions.LENDS_ANY)
            .named("broken-lend", "Linux 6.18 where fork children lend their anon_vma without its chain");

    /// A page that comes back from swap belongs to whoever asks first, even if others share it. 2.6.34-rc1 to rc3 were
    /// like that; ea90002b0fa7 mended it.
    public static final Rules SWAP_IN = Linux.V6_18
            .with(Decisions.SHARED_SWAP_IN, new Answer<>("the own one of the VMA that faults", MUTANT, SwapInOwner.OWN))
            .named("broken-swap-in", "Linux 6.18 where a shared page comes back for one of its owners alone");

    public static final Vector<Rules> ALL =
            Vector.of(FLAGS, FORK_CHAIN, SPLIT_CHAIN, MOVED_PGOFF, REUSE, PGOFF, LEND, SWAP_IN);

    private Mutants() {}

    private static Answer<Boolean> no() {
        return new Answer<>("no", MUTANT, false);
    }
}
