package vmacheck.check;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.check.trial.Kind;
import vmacheck.kernel.MergeAttempt;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Setup;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;

/// Notices in a step the states of [Reached].
final class Landmarks {
    private static final Reached[] CROWDS = {
        Reached.TWO_PROCESSES, Reached.THREE_PROCESSES, Reached.FOUR_PROCESSES, Reached.FIVE_PROCESSES
    };

    private final Step step;
    private final Machine before;
    private final Machine after;
    private final long[] counts;

    private Landmarks(Step step, long[] counts) {
        this.step = step;
        this.counts = counts;
        before = step.before();
        after = step.after();
    }

    static void count(Step step, Kind kind, long[] counts) {
        if (step.before() == step.after()) {
            return;
        }
        Landmarks landmarks = new Landmarks(step, counts);
        landmarks.anonVmas();
        landmarks.merges();
        switch (kind) {
            case FORK -> landmarks.fork(step.call().process());
            case EXIT -> landmarks.exit(step.call().process());
            case READ, WRITE, SWAPIN -> landmarks.access();
            case RECLAIM -> landmarks.reclaim((Call.Reclaim) step.call());
            case MREMAP -> landmarks.move((Call.Mremap) step.call());
            default -> {}
        }
        if (step.result() instanceof Result.Failure(Errno errno)) {
            landmarks.mark(Reached.PARTIAL_CHANGE_ON_FAILURE);
            if (errno == Errno.ENOMEM && step.before().setup().maxMapCount() < Setup.DEFAULT_MAX_MAP_COUNT) {
                landmarks.mark(Reached.LIMIT_OF_VMAS_REACHED);
            }
        }
    }

    private void mark(Reached state) {
        counts[state.ordinal()]++;
    }

    private @Nullable AddressSpace space(Machine machine) {
        Process process = machine.processes().get(step.call().process());
        return process == null ? null : process.space();
    }

    private void anonVmas() {
        if (before.anonVmas() == after.anonVmas()) {
            return;
        }
        if (after.anonVmas().size() > before.anonVmas().size()) {
            mark(Reached.ANON_VMA_MADE);
        }
        for (int i = 0; i < before.anonVmas().size(); i++) {
            AnonVma old = before.anonVma(i);
            if (!old.freed() && after.anonVma(i).freed()) {
                mark(Reached.ANON_VMA_FREED);
                return;
            }
        }
    }

    private void merges() {
        for (MergeAttempt attempt : step.merges()) {
            Vma merged = attempt.merged();
            if (merged == null) {
                continue;
            }
            boolean wasFaulted = isFaulted(attempt.prevRefusal() == null ? attempt.prev() : attempt.next());
            if (merged.isFaulted() && !wasFaulted) {
                mark(Reached.FAULTED_BY_MERGE);
            }
            AddressSpace space = space(after);
            for (int page = merged.start(); space != null && page < merged.end(); page++) {
                if (space.pages().get(page) instanceof Pte.Swap) {
                    mark(Reached.MERGED_SWAPPED_PAGES);
                    break;
                }
            }
        }
    }

    private static boolean isFaulted(@Nullable Vma vma) {
        return vma != null && vma.isFaulted();
    }

    private void fork(int parent) {
        int alive = 0;
        for (int i = 0; i < after.processes().size(); i++) {
            alive += after.live(i) != null ? 1 : 0;
        }
        if (alive >= 2) {
            mark(CROWDS[Math.min(alive - 2, CROWDS.length - 1)]);
        }
        if (generation(before, parent) >= 2) {
            mark(Reached.FORK_OF_GRANDCHILD);
        }
        Process child = after.processes().get(after.processes().size() - 1);
        if (child == null) {
            return;
        }
        AddressSpace space = child.space();
        boolean reused = false;
        boolean swapped = false;
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            reused |= vma.isFaulted() && vma.anonVma() < before.anonVmas().size();
            for (int page = vma.start(); page < vma.end(); page++) {
                swapped |= space.pages().get(page) instanceof Pte.Swap;
            }
        }
        if (reused) {
            mark(Reached.ANON_VMA_REUSED_AT_FORK);
        }
        if (swapped) {
            mark(Reached.SWAP_ENTRY_FORKED);
        }
    }

    private static int generation(Machine machine, int process) {
        int generation = 0;
        Process found = machine.processes().get(process);
        while (found != null && found.parent() != Vma.NONE) {
            generation++;
            found = machine.processes().get(found.parent());
        }
        return generation;
    }

    private void exit(int process) {
        Process gone = before.processes().get(process);
        if (gone == null || gone.parent() == Vma.NONE || before.live(gone.parent()) == null) {
            return;
        }
        for (int i = process + 1; i < before.processes().size(); i++) {
            Process other = before.live(i);
            if (other != null && other.parent() == process) {
                mark(Reached.EXIT_IN_THE_MIDDLE);
                return;
            }
        }
    }

    private static int page(Call call) {
        return switch (call) {
            case Call.Read read -> read.page();
            case Call.Write write -> write.page();
            case Call.SwapIn swapIn -> swapIn.page();
            default -> 0;
        };
    }

    private void access() {
        AddressSpace old = space(before);
        AddressSpace now = space(after);
        if (old == null || now == null || old == now && before.folios() == after.folios()) {
            return;
        }
        int page = page(step.call());
        Vma oldVma = old.vmaAt(page);
        Vma vma = now.vmaAt(page);
        if (oldVma != null && vma != null && !oldVma.isFaulted() && vma.isFaulted()) {
            if (vma.anonVma() < before.anonVmas().size()) {
                mark(Reached.ANON_VMA_BORROWED);
            }
        }
        Pte then = old.pages().get(page);
        if (now.pages().get(page) instanceof Pte.Present present) {
            if (then instanceof Pte.Swap swap) {
                mark(Reached.SWAPPED_IN);
                SwapSlot slot = before.slots().get(swap.slot());
                if (slot != null && slot.count() > 1) {
                    mark(Reached.SHARED_SLOT_SWAPPED_IN);
                }
            } else if (then instanceof Pte.Present earlier && step.call() instanceof Call.Write) {
                write(before.folio(earlier.folio()), after.folio(present.folio()));
            }
        }
    }

    private void write(Folio then, Folio now) {
        if (then.id() != now.id()) {
            mark(Reached.FOLIO_COPIED_ON_WRITE);
        } else if (then.anonymous() && !then.exclusive() && now.exclusive()) {
            mark(Reached.FOLIO_REUSED);
        }
    }

    private void reclaim(Call.Reclaim call) {
        AddressSpace old = space(before);
        AddressSpace now = space(after);
        if (old != null
                && now != null
                && old.pages().get(call.page()) instanceof Pte.Present present
                && now.pages().get(call.page()) instanceof Pte.Swap) {
            mark(Reached.FOLIO_SWAPPED_OUT);
            if (before.folio(present.folio()).mapcount() > 1) {
                mark(Reached.SHARED_FOLIO_SWAPPED_OUT);
            }
        }
    }

    private void move(Call.Mremap call) {
        AddressSpace old = space(before);
        AddressSpace now = space(after);
        Vma source = old == null ? null : old.vmaAt(call.addr());
        if (!(step.result() instanceof Result.Value(int to)) || to == call.addr() || source == null || now == null) {
            return;
        }
        if (source.end() < call.addr() + call.oldLength() && call.oldLength() == call.newLength()) {
            mark(Reached.MOVED_SEVERAL_VMAS);
        }
        if (source.isForkChild()) {
            mark(Reached.MOVED_FORK_CHILD);
        }
        if (source.isAnonymous() && source.isFaulted() && source.indexOf(call.addr()) == to) {
            mark(Reached.MOVED_HOME);
        }
        if (Objects.requireNonNull(old).pages().get(call.addr()) instanceof Pte.Swap) {
            mark(Reached.SWAP_ENTRY_MOVED);
        }
    }
}
