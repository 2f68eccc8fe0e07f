package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Vma;

/// What a process writes to shared memory is seen at once wherever the same page is mapped shared. What is shared, the
/// shadow knows.
final class SharedStaysShared implements Invariant {
    @Override
    public String name() {
        return "shared-stays-shared";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        if (!(observation.step().call() instanceof Call.Write(int writer, int written))
                || !observation.step().result().isSuccess()) {
            return null;
        }
        Machine asked = observation.shadow().after();
        Vma vma = Shared.vma(asked, writer, written);
        if (vma == null || vma.isPrivate()) {
            return null;
        }
        int inode = Shared.inode(asked, vma);
        int index = vma.indexOf(written);
        int token = observation.step().after().writes();
        for (int p = 0; p < asked.processes().size(); p++) {
            AddressSpace space = Shared.space(asked, p);
            for (int i = 0; space != null && i < space.vmas().size(); i++) {
                Vma other = space.vma(i);
                int page = other.start() + (index - other.pgoff());
                if (!other.isPrivate() && other.covers(page) && Shared.inode(asked, other) == inode) {
                    Violation violation = seen(observation, writer, written, token, p, page);
                    if (violation != null) {
                        return violation;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Violation seen(
            Observation observation, int writer, int written, int token, int process, int page) {
        Machine after = observation.step().after();
        AddressSpace space = Shared.space(after, process);
        int found = space == null ? Content.UNMAPPED : Content.at(after, space, page);
        // A guard hides what is shared; it is not another content.
        if (found == token || found == Content.GUARD) {
            return null;
        }
        String message = "P" + writer + " writes " + token + " to shared memory at page " + written + ", and P"
                + process + " reads " + Content.text(found) + " at page " + page;
        return Violation.of(this, process, message, page);
    }
}
