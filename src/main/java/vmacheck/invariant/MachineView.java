package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;
import vmacheck.rules.View;

/// A machine as the rules look at it.
record MachineView(Machine machine) implements View {
    @Override
    public AnonVma anonVma(int id) {
        return machine.anonVma(id);
    }

    @Override
    public Folio folio(int id) {
        return machine.folio(id);
    }

    @Override
    public SwapSlot slot(int id) {
        return Objects.requireNonNull(machine.slots().get(id));
    }

    @Override
    public @Nullable Vma vma(int process, int id) {
        AddressSpace space = Shared.space(machine, process);
        return space == null ? null : space.vmaById(id);
    }

    @Override
    public @Nullable Pte pte(int process, int page) {
        AddressSpace space = Shared.space(machine, process);
        return space == null ? null : space.pages().get(page);
    }
}
