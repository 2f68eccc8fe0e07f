package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Table;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// What a process reads in its private memory changes only by what it does itself to that page. A child starts with
/// what its parent had. What is private, the shadow knows.
final class PrivateStaysPrivate implements Invariant {
    @Override
    public String name() {
        return "private-stays-private";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        if (step.before() == step.after()) {
            return null;
        }
        if (step.call() instanceof Call.Write(int process, int page)
                && step.result().isSuccess()) {
            Violation violation = write(observation, process, page);
            if (violation != null) {
                return violation;
            }
        }
        int children = step.before().processes().size();
        for (int p = 0; p < children; p++) {
            if (observation.facts().spaceChanged(p)) {
                Violation violation = kept(step, p);
                if (violation != null) {
                    return violation;
                }
            }
        }
        return children < observation.facts().processCount() ? inherited(observation, children) : null;
    }

    /// What is written to private memory is seen in that place alone.
    private @Nullable Violation write(Observation observation, int process, int page) {
        Vma asked = Shared.vma(observation.shadow().before(), process, page);
        Machine after = observation.step().after();
        AddressSpace space = observation.facts().space(process);
        if (asked == null
                || !asked.isPrivate()
                || !(space.pages().get(page) instanceof Pte.Present(int id, _))
                || !(after.folios().get(id) instanceof Folio folio)) {
            return null;
        }
        if (!folio.anonymous()) {
            String message = "P" + process + " writes to private memory at page " + page + ", and it goes to "
                    + Text.of(folio) + " in the file";
            return Violation.of(this, process, message, page);
        }
        int pages = after.setup().pages();
        int place = folio.mapcount() == 1 ? -1 : Places.first(after, id);
        if (place == process * pages + page) {
            place = Places.next(after, id, place);
        }
        if (place >= 0) {
            String message = "P" + process + " writes to private memory at page " + page + ", and P" + place / pages
                    + " sees it at page " + place % pages + ", because both map " + Text.of(folio);
            return Violation.of(this, place / pages, message, place % pages);
        }
        SwapSlot slot = folio.swapSlot() == Vma.NONE ? null : after.slots().get(folio.swapSlot());
        if (slot != null && slot.count() > 0) {
            String message = "P" + process + " writes to private memory at page " + page + ", and " + Text.of(folio)
                    + " is in the swap cache for " + slot.count() + " others";
            return Violation.of(this, process, message, page);
        }
        return null;
    }

    /// Nothing changes but where the caller has its hands.
    private @Nullable Violation kept(Step step, int process) {
        AddressSpace now =
                Objects.requireNonNull(step.after().processes().get(process)).space();
        AddressSpace then =
                Objects.requireNonNull(step.before().processes().get(process)).space();
        Table<Pte> pages = now.pages();
        if (pages == then.pages()) {
            return null;
        }
        boolean own = process == step.call().process();
        for (int page = 0; page < pages.size(); page++) {
            Pte old = then.pages().get(page);
            if (old == pages.get(page) || (own && Reach.includes(step, page))) {
                continue;
            }
            Vma vma = then.vmaAt(page);
            if (vma == null || !isOwn(step.before(), vma, old)) {
                continue;
            }
            int before = Content.of(step.before(), vma, old, page);
            int after = Content.at(step.after(), now, page);
            if (before != after && !Content.isGivenUp(step.before(), old)) {
                String message = "P" + process + " reads " + Content.text(after) + " instead of "
                        + Content.text(before) + " in private memory at page " + page
                        + (own ? "" : ", and did nothing itself");
                return Violation.of(this, process, message, page);
            }
        }
        return null;
    }

    /// Whether an entry stands for memory that belongs to the process and to no file.
    private static boolean isOwn(Machine machine, Vma vma, @Nullable Pte pte) {
        return switch (pte) {
            case null -> vma.isAnonymous();
            case Pte.Present(int id, _) -> {
                Folio folio = machine.folios().get(id);
                yield folio != null && folio.anonymous();
            }
            case Pte.Zero _, Pte.Swap _, Pte.Guard _ -> true;
        };
    }

    private @Nullable Violation inherited(Observation observation, int child) {
        Step step = observation.step();
        int parent = step.call().process();
        AddressSpace space = observation.facts().space(child);
        AddressSpace origin =
                Objects.requireNonNull(step.before().processes().get(parent)).space();
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            for (int page = vma.start(); page < vma.end(); page++) {
                Pte pte = space.pages().get(page);
                Pte old = origin.pages().get(page);
                if (pte == null && old == null) {
                    continue;
                }
                boolean wiped = vma.has(VmFlags.WIPEONFORK);
                int expected = wiped ? 0 : Content.at(step.before(), origin, page);
                int found = Content.of(step.after(), vma, pte, page);
                if (expected != found) {
                    String message = "P" + child + ", just forked, reads " + Content.text(found) + " at page " + page
                            + (wiped
                                    ? ", which a fork wipes (wipeonfork)"
                                    : ", and P" + parent + " had " + Content.text(expected));
                    return Violation.of(this, child, message, page);
                }
            }
        }
        return null;
    }
}
