package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;
import vmacheck.rules.SourceNeighbour;

/// The ways in which the counters of 6.18.44 itself leave what they count; `invariants/accounting.md` explains them.
final class KnownDrift {
    private KnownDrift() {}

    /// mremap(dontunmap) clears VM_LOCKED on the whole VMA that it takes pages from, and counts only what it adds and
    /// what it unmaps at the destination (597e4b9ab48a and 838bb60dc215 repair it later). One that moves several VMAs
    /// may give up between two of them.
    ///
    /// A kernel with one of the two repairs is judged by what it promises.
    static boolean allowsLocked(Rules rules, Step step, int process) {
        if (rules.get(Decisions.DONTUNMAP_SPLITS_LOCKED)
                || rules.get(Decisions.DONTUNMAP_SOURCE) == SourceNeighbour.PASSED_OVER
                || rules.get(Decisions.DONTUNMAP_SOURCE) == SourceNeighbour.NOTHING_JOINS
                || !(step.call() instanceof Call.Mremap call)
                || call.process() != process
                || (call.flags() & RemapFlags.DONTUNMAP) == 0) {
            return false;
        }
        AddressSpace before = space(step.before().processes().get(process));
        AddressSpace after = space(step.after().processes().get(process));
        boolean copies = rules.get(Decisions.DONTUNMAP_COUNTS_LOCKED);
        int drift = after.lockedVm() - before.lockedVm();
        if (step.result() instanceof Result.Value(int destination)) {
            return !isFaultedTogether(before, after, call.addr(), destination)
                    && drift == counted(copies, before, call, destination, call.oldLength());
        }
        for (int moved = 1; moved < call.oldLength(); moved++) {
            boolean between = before.vmaAt(call.addr() + moved - 1) != before.vmaAt(call.addr() + moved);
            if (between && drift == counted(copies, before, call, call.newAddr(), moved)) {
                return true;
            }
        }
        return false;
    }

    /// Whether touched memory was merged with its own copy, which no kernel does: offsets keep the two apart.
    private static boolean isFaultedTogether(AddressSpace before, AddressSpace after, int source, int destination) {
        Vma then = before.vmaAt(source);
        Vma now = after.vmaAt(destination);
        return then != null && then.isFaulted() && now != null && now.covers(source);
    }

    /// @param copies whether the locked pages of a copy count beside those of its source
    private static int counted(boolean copies, AddressSpace before, Call.Mremap call, int destination, int pages) {
        int counted = 0;
        for (int i = 0; i < pages; i++) {
            Vma source = before.vmaAt(call.addr() + i);
            Vma replaced = before.vmaAt(destination + i);
            if (source != null) {
                counted += copies && source.has(VmFlags.LOCKED) ? 1 : 0;
                counted -= replaced != null && replaced.has(VmFlags.LOCKED) && !wasSource(replaced, source, call, i)
                        ? 1
                        : 0;
            }
        }
        return counted;
    }

    /// Whether pages were taken from a VMA, and its locks with them, before page `index` of the range came up.
    private static boolean wasSource(Vma vma, Vma current, Call.Mremap call, int index) {
        return vma != current && vma.start() < call.addr() + index && vma.end() > call.addr();
    }

    /// A move that also shrinks charges what it cuts off, for ever: `vrm_calc_charge` finds the difference of the
    /// lengths where only a growth may be.
    static int committed(Step step) {
        if (!(step.call() instanceof Call.Mremap call)
                || (call.flags() & RemapFlags.FIXED) == 0
                || call.newLength() >= call.oldLength()
                || !step.result().isSuccess()) {
            return 0;
        }
        Vma source = space(step.before().processes().get(call.process())).vmaAt(call.addr());
        return source != null && source.has(VmFlags.ACCOUNT) ? call.oldLength() - call.newLength() : 0;
    }

    private static AddressSpace space(vmacheck.model.@Nullable Process process) {
        return Objects.requireNonNull(process).space();
    }

    /// How many pages of a range lie in VMAs with a flag.
    static int pages(AddressSpace space, long flag, int start, int end) {
        int pages = 0;
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            if (vma.has(flag)) {
                pages += Math.max(0, Math.min(end, vma.end()) - Math.max(start, vma.start()));
            }
        }
        return pages;
    }
}
