package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.Vma;

/// A folio's mapcount is the number of entries that map it, and a folio that nothing maps or swaps is freed (S12).
final class Mapcount implements Invariant {
    @Override
    public String name() {
        return "mapcount";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.folioCount(); i++) {
            int id = facts.folio(i);
            Folio then = facts.before().folios().get(id);
            int mapped = (then == null ? 0 : then.mapcount()) + facts.newMappings(id);
            Folio folio = facts.after().folios().get(id);
            if (folio == null ? mapped != 0 : folio.mapcount() != mapped) {
                String name = folio == null ? "the freed F" + id : Text.of(folio);
                int counted = folio == null ? 0 : folio.mapcount();
                return violation(
                        facts,
                        id,
                        "the mapcount of " + name + " is " + counted + ", and it is mapped " + mapped
                                + (mapped == 1 ? " time" : " times"));
            }
            if (folio != null && folio.anonymous() && mapped == 0 && folio.swapSlot() == Vma.NONE) {
                return violation(facts, id, "nothing maps or swaps " + Text.of(folio) + ", and it is not freed");
            }
        }
        return null;
    }

    private Violation violation(Facts facts, int folio, String message) {
        int place = Places.first(facts.after(), folio);
        int pages = facts.after().setup().pages();
        return place < 0 ? Violation.of(this, -1, message) : Violation.of(this, place / pages, message, place % pages);
    }
}
