package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.Vma;

/// The chain of a VMA holds the anon_vma of each anonymous page that it maps (L1).
final class ChainCovers implements Invariant {
    @Override
    public String name() {
        return "chain-covers";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Entries entries = facts.entries();
        for (int i = 0; i < entries.size(); i++) {
            Folio folio = facts.folioOf(i);
            Vma vma = entries.vma(i);
            if (folio != null
                    && folio.anonymous()
                    && vma != null
                    && !vma.chain().contains(folio.mapping())) {
                int process = entries.process(i);
                String message = "P" + process + " maps " + Text.of(folio) + " at page " + entries.page(i)
                        + " in VMA " + Text.of(vma) + " whose chain (" + Text.of(vma.chain()) + ") lacks "
                        + Text.anonVma(folio.mapping());
                return Violation.of(this, process, message, entries.page(i));
            }
        }
        return null;
    }
}
