package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Folio;
import vmacheck.model.Vma;

/// The walk from an anonymous folio's anon_vma and index finds every entry that maps it, in every process.
///
/// The walk is the kernel's (`rmap_walk_anon`): interval tree, VMA, address, entry. It is done for one entry at a time,
/// through the links of its process: an entry is found iff one of them leads to its address.
final class RmapComplete implements Invariant {
    @Override
    public String name() {
        return "rmap-complete";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Entries entries = facts.entries();
        for (int i = 0; i < entries.size(); i++) {
            Folio folio = facts.folioOf(i);
            if (folio != null && folio.anonymous() && !isFound(facts, i, folio)) {
                int process = entries.process(i);
                String message = "the walk from " + Text.anonVma(folio.mapping()) + " with index " + folio.index()
                        + " does not find page " + entries.page(i) + " of P" + process + ", which maps "
                        + Text.of(folio);
                return Violation.of(this, process, message, entries.page(i));
            }
        }
        return null;
    }

    private static boolean isFound(Facts facts, int i, Folio folio) {
        AnonVma anonVma = facts.after().anonVmas().get(folio.mapping());
        if (anonVma == null) {
            return false;
        }
        Entries entries = facts.entries();
        Vma covering = entries.vma(i);
        for (Avc link : anonVma.tree()) {
            if (link.process() != entries.process(i) || folio.index() < link.first() || folio.index() > link.last()) {
                continue;
            }
            Vma vma = covering != null && covering.id() == link.vma()
                    ? covering
                    : find(facts.space(link.process()), link.vma());
            if (vma != null && vma.start() + (folio.index() - vma.pgoff()) == entries.page(i)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Vma find(AddressSpace space, int id) {
        return space.vmaById(id);
    }
}
