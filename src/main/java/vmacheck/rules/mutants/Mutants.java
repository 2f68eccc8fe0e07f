package vmacheck.rules.mutants;

import io.vavr.collection.Vector;
import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;
import vmacheck.rules.SealTest;
import vmacheck.rules.SwapInOwner;
import vmacheck.rules.linux.Linux;

/// Linux 6.18 with one answer replaced by a wrong one. No kernel as a whole was ever like that; each shows an invariant
/// fail that no bug of [vmacheck.rules.bugs.Bugs] breaks by itself.
public final class Mutants {
    private static final String MUTANT = "wrong on purpose";

    /// A child's VMA is linked to its own new anon_vma alone.
    public static final Rules FORK_CHAIN = Linux.V6_18
            .with(Decisions.FORK_LINKS_PARENT_CHAIN, no())
            .named("broken-fork-chain", "Linux 6.18 where a child forgets the anon_vmas of its parent");

    /// A write goes to the page that is there, whoever else maps it.
    public static final Rules REUSE = Linux.V6_18
            .with(Decisions.REUSE_ASKS_MAPCOUNT, no())
            .named("broken-reuse", "Linux 6.18 that writes to shared pages without copying them");

    /// A page that comes back from swap belongs to whoever asks first, even if others share it. 2.6.34-rc1 to rc3 were
    /// like that; ea90002b0fa7 mended it.
    public static final Rules SWAP_IN = Linux.V6_18
            .with(Decisions.SHARED_SWAP_IN, new Answer<>("the own one of the VMA that faults", MUTANT, SwapInOwner.OWN))
            .named("broken-swap-in", "Linux 6.18 where a shared page comes back for one of its owners alone");

    /// A seal does not keep mprotected memory from being thrown away.
    public static final Rules SEAL = Linux.V6_18
            .with(
                    Decisions.SEAL_FORBIDS,
                    new Answer<>("all but to discard", MUTANT, (deed, _) -> deed != SealTest.Deed.DISCARD))
            .named("broken-seal", "Linux 6.18 where sealed memory can be discarded");

    public static final Vector<Rules> ALL = Vector.of(FORK_CHAIN, REUSE, SWAP_IN, SEAL);

    private Mutants() {}

    private static Answer<Boolean> no() {
        return new Answer<>("no", MUTANT, false);
    }
}
