package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Sealed memory stays mapped as it is for as long as its process runs its program, and what its owner cannot write
/// keeps its contents.
final class SealedStays implements Invariant {
    private static final long KEPT = VmFlags.ACCESS | VmFlags.SHARED | VmFlags.SEALED;

    @Override
    public String name() {
        return "sealed-stays";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        Facts facts = observation.facts();
        int process = step.call().process();
        boolean ends = step.call() instanceof Call.Exit || step.call() instanceof Call.Execve;
        if (ends || step.before() == step.after() || process >= facts.processCount() || !facts.spaceChanged(process)) {
            return null;
        }
        AddressSpace then = facts.spaceBefore(process);
        for (int i = 0; then != null && i < then.vmas().size(); i++) {
            Vma vma = then.vma(i);
            Violation violation = vma.has(VmFlags.SEALED) ? judge(step, vma, then, facts.space(process)) : null;
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable Violation judge(Step step, Vma vma, AddressSpace then, AddressSpace now) {
        int process = step.call().process();
        for (int page = vma.start(); page < vma.end(); page++) {
            String problem = problem(step, vma, then, now, page);
            if (problem != null) {
                String message = CallText.print(step.call()) + " " + problem + " at page " + page + " of P" + process
                        + ", which is sealed";
                return Violation.of(this, process, message, page);
            }
        }
        return null;
    }

    private static @Nullable String problem(Step step, Vma vma, AddressSpace then, AddressSpace now, int page) {
        Vma kept = now.vmaAt(page);
        if (kept == null) {
            return "leaves nothing mapped";
        }
        if (((kept.flags() ^ vma.flags()) & KEPT) != 0) {
            return "changes permissions or the seal";
        }
        if (kept.file() != vma.file() || kept.indexOf(page) != vma.indexOf(page)) {
            return "maps something else";
        }
        Pte pte = then.pages().get(page);
        boolean fixed = vma.isAnonymous() && !vma.has(VmFlags.WRITE) && !Content.isGivenUp(step.before(), pte);
        int before = Content.of(step.before(), vma, pte, page);
        int after = Content.of(step.after(), kept, now.pages().get(page), page);
        // A guard may go: madvise(guard_remove) gives nothing up.
        return fixed && before != Content.GUARD && before != after
                ? "turns " + Content.text(before) + " into " + Content.text(after)
                : null;
    }
}
