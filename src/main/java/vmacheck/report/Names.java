package vmacheck.report;

import vmacheck.model.Machine;
import vmacheck.model.Vma;

/// What people call the things that the model numbers.
final class Names {
    static final String NOTHING = "none";

    private Names() {}

    static String process(int id) {
        return "P" + id;
    }

    static String anonVma(int id) {
        return id == Vma.NONE ? NOTHING : "A" + id;
    }

    static String folio(int id) {
        return "F" + id;
    }

    /// `F0` to `F3` for the files that have names, `S0` and so on for the objects of shared anonymous mappings.
    static String file(int id) {
        return id < Machine.NAMED_FILES ? "F" + id : "S" + (id - Machine.NAMED_FILES);
    }

    /// An inode goes by the first open file that has it.
    static String inode(Machine machine, int id) {
        for (int file = 0; file < machine.files().size(); file++) {
            var open = machine.files().get(file);
            if (open != null && open.inode() == id) {
                return file(file);
            }
        }
        return "inode " + id;
    }
}
