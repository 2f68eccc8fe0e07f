package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// A call changes the flags that it is asked to change, where it is asked to, and no others; after success it has.
final class FlagsAsAsked implements Invariant {
    @Override
    public String name() {
        return "flags-as-asked";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Step step = observation.step();
        for (int p = 0; p < facts.processCount(); p++) {
            AddressSpace then = facts.spaceBefore(p);
            if (then != null && facts.vmasChanged(p)) {
                Asked asked = p == step.call().process() ? Asked.of(step) : new Asked(0, 0, 0, 0, 0, 0);
                Violation violation = walk(step, asked, p, then, facts.space(p));
                if (violation != null) {
                    return violation;
                }
            }
            if (then == null && step.call() instanceof Call.Fork(int parent)) {
                Violation violation = inherited(p, facts.space(p), Objects.requireNonNull(facts.spaceBefore(parent)));
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }

    /// A child has the VMAs of its parent that are not kept from it, with their flags, but for locks, which have gone.
    private @Nullable Violation inherited(int child, AddressSpace space, AddressSpace parent) {
        for (int i = 0; i < parent.vmas().size(); i++) {
            Vma origin = parent.vma(i);
            if (!origin.has(VmFlags.DONTCOPY) && space.vmaAt(origin.start()) == null) {
                String message =
                        "P" + child + ", just forked, lacks page " + origin.start() + ", which its parent maps";
                return Violation.of(this, child, message, origin.start());
            }
        }
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            Vma origin = parent.vmaAt(vma.start());
            if (origin == null || origin.has(VmFlags.DONTCOPY)) {
                String message = "P" + child + ", just forked, maps page " + vma.start() + ", which its parent "
                        + (origin == null ? "does not map" : "keeps for itself (dontfork)");
                return Violation.of(this, child, message, vma.start());
            }
            long expected = origin.flags() & ~VmFlags.LOCK_BITS;
            long wrong = (expected ^ vma.flags()) & ~MergeLegal.FREE;
            if (wrong != 0) {
                String message = "P" + child + ", just forked, has the flags \"" + VmFlags.toSmaps(vma.flags())
                        + "\" at page " + vma.start() + " instead of \"" + VmFlags.toSmaps(expected) + "\"";
                return Violation.of(this, child, message, vma.start());
            }
        }
        return null;
    }

    /// Looks at what is mapped before and after, once for each pair of VMAs that share pages and part of the range.
    private @Nullable Violation walk(Step step, Asked asked, int process, AddressSpace then, AddressSpace now) {
        for (int k = 0; k < now.vmas().size(); k++) {
            Vma vma = now.vma(k);
            for (int i = then.indexAfter(vma.start()); i < then.vmas().size(); i++) {
                Vma old = then.vma(i);
                if (old.start() >= vma.end()) {
                    break;
                }
                Violation violation = old == vma ? null : pair(step, asked, process, old, vma);
                if (violation != null) {
                    return violation;
                }
            }
        }
        return null;
    }

    private @Nullable Violation pair(Step step, Asked asked, int process, Vma old, Vma vma) {
        int start = Math.max(old.start(), vma.start());
        int end = Math.min(old.end(), vma.end());
        Violation violation = page(step, asked, process, start, old, vma);
        if (violation == null && start < asked.start() && asked.start() < end) {
            violation = page(step, asked, process, asked.start(), old, vma);
        }
        if (violation == null && start < asked.end() && asked.end() < end) {
            violation = page(step, asked, process, asked.end(), old, vma);
        }
        return violation;
    }

    private @Nullable Violation page(Step step, Asked asked, int process, int page, Vma old, Vma vma) {
        boolean inside = asked.covers(page);
        long allowed = (inside ? asked.within() : asked.beside()) | MergeLegal.FREE;
        long changed = (old.flags() ^ vma.flags()) & ~allowed;
        if (changed != 0) {
            String message = CallText.print(step.call()) + " changes the flags \"" + VmFlags.toSmaps(changed)
                    + "\" at page " + page + " of P" + process + ", and was not asked to";
            return Violation.of(this, process, message, page);
        }
        if (!inside || !step.result().isSuccess()) {
            return null;
        }
        long missing = asked.wanted() & ~vma.flags() | asked.unwanted() & vma.flags();
        if (missing == 0) {
            return null;
        }
        String message = CallText.print(step.call()) + " succeeds, and the flags \"" + VmFlags.toSmaps(missing)
                + "\" at page " + page + " of P" + process + " are not as asked";
        return Violation.of(this, process, message, page);
    }
}
