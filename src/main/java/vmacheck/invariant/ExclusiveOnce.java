package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.rules.Decisions;

/// An exclusive page is mapped once, and an anonymous page that may be written to is exclusive (S11).
final class ExclusiveOnce implements Invariant {
    @Override
    public String name() {
        return "exclusive-once";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int i = 0; i < facts.folioCount(); i++) {
            Folio folio = facts.after().folios().get(facts.folio(i));
            if (folio != null && folio.exclusive() && (folio.mapcount() != 1 || !folio.anonymous())) {
                return shared(facts, folio);
            }
        }
        boolean hasBit = observation.rules().get(Decisions.EXCLUSIVE_BIT);
        Entries entries = facts.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.pte(i) instanceof Pte.Present(_, boolean writable) && writable) {
                Folio folio = facts.folioOf(i);
                if (folio != null && folio.anonymous() && (folio.mapcount() != 1 || (hasBit && !folio.exclusive()))) {
                    return writable(entries, i, folio);
                }
            }
        }
        return null;
    }

    private Violation shared(Facts facts, Folio folio) {
        String message = Text.of(folio) + " is exclusive and has the mapcount " + folio.mapcount();
        int place = Places.first(facts.after(), folio.id());
        int pages = facts.after().setup().pages();
        return place < 0 ? Violation.of(this, -1, message) : Violation.of(this, place / pages, message, place % pages);
    }

    private Violation writable(Entries entries, int i, Folio folio) {
        int process = entries.process(i);
        String message = "P" + process + " may write to " + Text.of(folio) + " at page " + entries.page(i)
                + ", which is " + (folio.exclusive() ? "" : "not exclusive and ") + "mapped " + folio.mapcount()
                + (folio.mapcount() == 1 ? " time" : " times");
        return Violation.of(this, process, message, entries.page(i));
    }
}
