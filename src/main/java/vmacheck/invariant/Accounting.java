package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// total_vm, data_vm and locked_vm of a process and the committed pages of the machine move with the VMAs that they
/// count. The exceptions are those of [KnownDrift].
final class Accounting implements Invariant {
    @Override
    public String name() {
        return "accounting";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        if (facts.before() == facts.after()) {
            return null;
        }
        int accounted = 0;
        for (int p = 0; p < facts.processCount(); p++) {
            if (facts.spaceChanged(p)) {
                Violation violation = process(observation, p);
                if (violation != null) {
                    return violation;
                }
                if (facts.vmasChanged(p)) {
                    AddressSpace then = facts.spaceBefore(p);
                    accounted += accounted(facts.space(p)) - (then == null ? 0 : accounted(then));
                }
            }
        }
        int committed = facts.after().committed() - facts.before().committed();
        if (committed == accounted || committed == accounted + KnownDrift.committed(observation.step())) {
            return null;
        }
        String message = "the committed pages change by " + committed + ", those of accounted VMAs by " + accounted;
        return Violation.of(this, observation.step().call().process(), message);
    }

    private @Nullable Violation process(Observation observation, int process) {
        AddressSpace space = observation.facts().space(process);
        AddressSpace then = observation.facts().spaceBefore(process);
        int total = space.totalVm() - total(space);
        if (total != 0 && (then == null || total != then.totalVm() - total(then))) {
            return violation(process, "total_vm", space.totalVm(), total(space));
        }
        int data = space.dataVm() - data(space);
        if (data != 0 && (then == null || data != then.dataVm() - data(then))) {
            return violation(process, "data_vm", space.dataVm(), data(space));
        }
        int locked = space.lockedVm() - locked(space);
        int lockedThen = then == null ? 0 : then.lockedVm() - locked(then);
        if (locked != 0
                && locked != lockedThen
                && !KnownDrift.allowsLocked(observation.rules(), observation.step(), process)) {
            return violation(process, "locked_vm", space.lockedVm(), locked(space));
        }
        return null;
    }

    private Violation violation(int process, String counter, int counted, int found) {
        String message =
                counter + " of P" + process + " is " + counted + ", and its VMAs have " + found + " such pages";
        return Violation.of(this, process, message);
    }

    private static int total(AddressSpace space) {
        int pages = 0;
        for (int i = 0; i < space.vmas().size(); i++) {
            pages += space.vma(i).pages();
        }
        return pages;
    }

    /// Private writable memory that is no stack (`is_data_mapping`).
    private static int data(AddressSpace space) {
        int pages = 0;
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            long kind = vma.flags() & (VmFlags.WRITE | VmFlags.SHARED | VmFlags.GROWSDOWN);
            pages += kind == VmFlags.WRITE ? vma.pages() : 0;
        }
        return pages;
    }

    private static int locked(AddressSpace space) {
        return KnownDrift.pages(space, VmFlags.LOCKED, 0, Integer.MAX_VALUE);
    }

    private static int accounted(AddressSpace space) {
        return KnownDrift.pages(space, VmFlags.ACCOUNT, 0, Integer.MAX_VALUE);
    }
}
