package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// Swap slots, the entries that name them and the folios that they cache agree.
final class SwapConsistent implements Invariant {
    @Override
    public String name() {
        return "swap-consistent";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Machine machine = facts.after();
        if (machine.slots().size() == 0 || facts.before() == machine || !isConcerned(facts)) {
            return null;
        }
        // For each slot: how many entries name it, and the index and root of the first of them.
        int size = machine.slots().size();
        int[] seen = facts.scratch(3 * size);
        for (int p = 0; p < facts.processCount(); p++) {
            Table<Pte> pages = facts.space(p).pages();
            for (int page = 0; page < pages.size(); page++) {
                if (pages.get(page) instanceof Pte.Swap swap) {
                    String problem = entry(facts, p, page, swap, seen, size);
                    if (problem != null) {
                        String message = "P" + p + " has a swap entry at page " + page + " " + problem;
                        return Violation.of(this, p, message, page);
                    }
                }
            }
        }
        for (int id = 0; id < size; id++) {
            String problem = slot(machine, id, seen[id]);
            if (problem != null) {
                return Violation.of(this, -1, "swap slot " + id + " " + problem);
            }
        }
        return null;
    }

    private static boolean isConcerned(Facts facts) {
        if (facts.before().slots() != facts.after().slots() || facts.anyDirty()) {
            return true;
        }
        for (int i = 0; i < facts.folioCount(); i++) {
            Folio folio = facts.after().folios().get(facts.folio(i));
            if (folio != null && folio.swapSlot() != Vma.NONE) {
                return true;
            }
        }
        Entries entries = facts.entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.pte(i) instanceof Pte.Swap) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String entry(Facts facts, int process, int page, Pte.Swap swap, int[] seen, int size) {
        int id = swap.slot();
        SwapSlot slot = facts.after().slots().get(id);
        if (slot == null) {
            return "for slot " + id + ", which is free";
        }
        if (swap.exclusive() && slot.count() != 1) {
            return "for slot " + id + " that is marked exclusive, and the slot has " + slot.count() + " entries";
        }
        Vma vma = facts.space(process).vmaAt(page);
        AnonVma own = vma == null || !vma.isFaulted()
                ? null
                : facts.after().anonVmas().get(vma.anonVma());
        if (vma == null || own == null) {
            return "for slot " + id + " in memory without an anon_vma";
        }
        int index = vma.indexOf(page);
        seen[id]++;
        if (seen[id] == 1) {
            seen[size + id] = index;
            seen[2 * size + id] = own.root();
        } else if (seen[size + id] != index || seen[2 * size + id] != own.root()) {
            return "for slot " + id + " with the index " + index + " below the root " + Text.anonVma(own.root())
                    + ", another one has " + seen[size + id] + " below " + Text.anonVma(seen[2 * size + id]);
        }
        Folio cached = slot.cached() == Vma.NONE ? null : facts.after().folios().get(slot.cached());
        AnonVma mapping = cached == null ? null : facts.after().anonVmas().get(cached.mapping());
        if (cached != null
                && cached.mapping() != Vma.NONE
                && (cached.index() != index || mapping == null || mapping.root() != own.root())) {
            return "with the index " + index + " below the root " + Text.anonVma(own.root())
                    + ", and its folio in the swap cache is " + Text.of(cached);
        }
        return null;
    }

    private static @Nullable String slot(Machine machine, int id, int entries) {
        SwapSlot slot = machine.slots().get(id);
        if (slot == null) {
            return null;
        }
        if (slot.count() != entries) {
            return "has the count " + slot.count() + ", and " + entries + " entries name it";
        }
        if (slot.cached() == Vma.NONE) {
            return entries == 0 ? "has no entries and no cached folio, and is not free" : null;
        }
        Folio folio = machine.folios().get(slot.cached());
        if (folio == null || folio.swapSlot() != id) {
            return "caches F" + slot.cached() + ", which does not name the slot";
        }
        if (folio.exclusive() && entries > 0) {
            return "caches the exclusive " + Text.of(folio) + ", and " + entries + " entries name it";
        }
        return null;
    }
}
