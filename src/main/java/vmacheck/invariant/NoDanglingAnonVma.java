package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Vma;

/// No VMA, no chain and no mapped folio names an anon_vma that was freed (S10).
final class NoDanglingAnonVma implements Invariant {
    @Override
    public String name() {
        return "no-dangling-anon-vma";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Violation violation = changed(facts);
        for (int i = 0; i < facts.anonVmaCount() && violation == null; i++) {
            int id = facts.anonVma(i);
            AnonVma then = facts.before().anonVmas().get(id);
            if (isFreed(facts.after(), id) && (then == null || !then.freed())) {
                violation = named(facts.after(), id);
            }
        }
        return violation;
    }

    /// What changed names nothing that is freed.
    private @Nullable Violation changed(Facts facts) {
        for (int i = 0; i < facts.vmaCount(); i++) {
            int named = freedIn(facts.after(), facts.vma(i));
            if (named != Vma.NONE) {
                return violation(facts.vmaOwner(i), facts.vma(i), named);
            }
        }
        for (int i = 0; i < facts.folioCount(); i++) {
            Folio folio = facts.after().folios().get(facts.folio(i));
            if (folio != null && isDangling(facts.after(), folio)) {
                return violation(facts.after(), folio);
            }
        }
        return null;
    }

    /// What was freed is named by nothing, changed or not.
    private @Nullable Violation named(Machine machine, int id) {
        for (int p = 0; p < machine.processes().size(); p++) {
            Process process = machine.processes().get(p);
            AddressSpace space = process == null ? null : process.space();
            for (int i = 0; space != null && i < space.vmas().size(); i++) {
                Vma vma = space.vma(i);
                if (vma.anonVma() == id || vma.chain().contains(id)) {
                    return violation(p, vma, id);
                }
            }
        }
        for (int i = 0; i < machine.folios().size(); i++) {
            Folio folio = machine.folios().get(i);
            if (folio != null && folio.mapping() == id && isDangling(machine, folio)) {
                return violation(machine, folio);
            }
        }
        return null;
    }

    private static boolean isDangling(Machine machine, Folio folio) {
        return folio.anonymous()
                && folio.mapcount() > 0
                && folio.mapping() != Vma.NONE
                && isFreed(machine, folio.mapping());
    }

    private static boolean isFreed(Machine machine, int id) {
        AnonVma anonVma = machine.anonVmas().get(id);
        return anonVma == null || anonVma.freed();
    }

    /// A freed anon_vma that a VMA names, or [Vma#NONE].
    private static int freedIn(Machine machine, Vma vma) {
        if (vma.isFaulted() && isFreed(machine, vma.anonVma())) {
            return vma.anonVma();
        }
        for (int k = 0; k < vma.chain().size(); k++) {
            if (isFreed(machine, vma.chain().get(k))) {
                return vma.chain().get(k);
            }
        }
        return Vma.NONE;
    }

    private Violation violation(int process, Vma vma, int id) {
        String message = "VMA " + Text.of(vma) + " of P" + process + " names " + Text.anonVma(id) + ", which is freed";
        return Violation.of(this, process, message, vma.start());
    }

    private Violation violation(Machine machine, Folio folio) {
        int place = Places.first(machine, folio.id());
        int process = place < 0 ? -1 : place / machine.setup().pages();
        String where = place < 0 ? "" : " at page " + place % machine.setup().pages() + " of P" + process;
        String message =
                Text.of(folio) + ", mapped" + where + ", names " + Text.anonVma(folio.mapping()) + ", which is freed";
        return place < 0
                ? Violation.of(this, -1, message)
                : Violation.of(this, process, message, place % machine.setup().pages());
    }
}
