import org.jspecify.annotations.Nullable;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Observation;
import vmacheck.invariant.Violation;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Vma;

/// An invariant of your own: something that must hold after every call.
///
///     ./vmacheck check --invariant NAME.java                            judges by it, besides the built-in ones
///     ./vmacheck replay --invariant NAME.java FILE.vma                  the same for one history
///
/// It looks at a step, and at nothing else: the same step gets the same answer.
///
/// - `observation.step()`: the machine before, the call, its result, the machine after, and each merge that was
///   considered, with the condition that refused it
/// - `observation.shadow()`: the same call after the same history on a machine that never merges
/// - `observation.rules()`: the rules that the step followed
///
/// A machine has processes, anon_vmas, folios, swap slots and files, each in a table by number. A process has an
/// address space with VMAs and page table entries. `Machine`, `AddressSpace`, `Vma`, `Pte` and `Folio` in
/// `src/main/java/vmacheck/model` say what each field means.
public final class NAME implements Invariant {
    /// In small letters with a - between words. Counterexamples are named by it.
    @Override
    public String name() {
        return "KEBAB";
    }

    /// Returns what is wrong, or null if nothing is. This one says: only private memory has an anon_vma.
    @Override
    public @Nullable Violation judge(Observation observation) {
        Machine after = observation.step().after();
        for (int number = 0; number < after.processes().size(); number++) {
            Process process = after.live(number);
            if (process == null) {
                continue; // it has exited
            }
            AddressSpace space = process.space();
            for (int i = 0; i < space.vmas().size(); i++) {
                Vma vma = space.vma(i);
                if (vma.isFaulted() && !vma.isPrivate()) {
                    return Violation.of(
                            this,
                            number, // the process concerned, or -1
                            "P" + number + " has shared memory with the anon_vma A" + vma.anonVma(),
                            vma.start()); // pages to mark in the picture, any number of them
                }
            }
        }
        return null;
    }
}
