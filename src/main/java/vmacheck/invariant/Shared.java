package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.Process;
import vmacheck.model.Vma;

/// Questions about shared memory.
final class Shared {
    private Shared() {}

    static @Nullable AddressSpace space(Machine machine, int process) {
        Process found = machine.processes().get(process);
        return found == null ? null : found.space();
    }

    static @Nullable Vma vma(Machine machine, int process, int page) {
        AddressSpace space = space(machine, process);
        return space == null ? null : space.vmaAt(page);
    }

    /// The inode that a VMA maps, or [Vma#NONE].
    static int inode(Machine machine, Vma vma) {
        OpenFile file = vma.file() == Vma.NONE ? null : machine.files().get(vma.file());
        return file == null ? Vma.NONE : file.inode();
    }
}
