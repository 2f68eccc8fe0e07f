package vmacheck.invariant;

import io.vavr.collection.Vector;
import io.vavr.control.Option;

/// All invariants, those first whose violation explains the others best.
public final class Invariants {
    public static final Vector<Invariant> ALL = Vector.of(
            // An address space by itself.
            new VmasDisjoint(),
            new MapCount(),
            new PtesInsideVmas(),
            new Accounting(),
            new FlagsAsAsked(),
            new SealedStays(),
            // What a merge did.
            new MergeLegal(),
            // The reverse map.
            new NoDanglingAnonVma(),
            new ChainCovers(),
            new IndexFollows(),
            new RmapComplete(),
            new RmapSound(),
            new OwnAnonVmaLinked(),
            new OneRoot(),
            new SameAnonVmaSameChain(),
            new ChainParentClosed(),
            new AnonVmaCounts(),
            // Pages.
            new Mapcount(),
            new ExclusiveOnce(),
            new SwapConsistent(),
            // What user space sees.
            new NoKernelBug(),
            new MovedContents(),
            new Limits(),
            new PrivateStaysPrivate(),
            new SharedStaysShared(),
            new Transparent(),
            new FailedCallKeepsState(),
            // Advice.
            new NoMissedMerge(),
            new Mirror());

    private Invariants() {}

    public static Option<Invariant> find(String name) {
        return ALL.find(invariant -> invariant.name().equals(name));
    }
}
