package vmacheck.kernel;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Chain;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.SourceNeighbour;

/// An mremap that makes moved memory look as if it had been touched at its destination first (MREMAP_RELOCATE_ANON in
/// the 2025 series: `relocate_anon_folios`, `copy_vma`, `copy_vma_and_data`).
final class Relocation {
    private final Context k;
    private final Space space;
    private boolean happened;

    Relocation(Context context, Space space) {
        k = context;
        this.space = space;
    }

    boolean happened() {
        return happened;
    }

    /// A VMA for the destination with an offset and an anon_vma of its own, to which the folios that will move belong
    /// from now on.
    Vma relocate(Vma source, int addr, int length, int newAddr, int newEnd) {
        happened = true;
        Vma bare = source.withId(k.draft.newVmaId())
                .withRange(newAddr, newEnd, newAddr)
                .withAnonVma(Vma.NONE, Chain.EMPTY);
        space.insert(bare);
        Vma fresh = k.anonVmas.prepare(space, bare);
        k.pages.repoint(space, addr, addr + length, source, fresh.anonVma());
        k.pages.reindex(space, addr, addr + length, newAddr - source.indexOf(addr));
        return fresh;
    }

    /// Tries to merge the destination once more; what covers it then.
    ///
    /// @param kept the source if it stays mapped, else null
    Vma join(Vma destination, @Nullable Vma kept) {
        boolean apart = k.draft.rules.get(Decisions.DONTUNMAP_SOURCE) == SourceNeighbour.JOINS_UNFAULTED;
        Vma vma = Vmas.need(space.byId(destination.id()));
        Vma merged = k.vmas.joinNeighbours(space, vma, apart ? kept : null);
        return merged == null ? vma : merged;
    }

    /// The source after that merge, which can have swallowed it. The series goes on with the VMA that it knew.
    Vma sourceAfterwards(Vma source, int addr) {
        if (k.draft.rules.get(Decisions.RELOCATION_FINDS_SOURCE)) {
            return Vmas.need(space.covering(addr));
        }
        if (space.byId(source.id()) == null) {
            throw new KernelBug("mremap goes on with a VMA that its second merge has freed");
        }
        return source;
    }
}
