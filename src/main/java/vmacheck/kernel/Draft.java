package vmacheck.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Inode;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Setup;
import vmacheck.model.SwapSlot;
import vmacheck.model.Table;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Counting;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;
import vmacheck.rules.SealTest;
import vmacheck.rules.View;

/// A machine in the middle of a call: changes go to copies, [#freeze] makes the next machine, which shares the rest.
final class Draft implements View {
    final Machine before;
    final Rules rules;
    final List<MergeAttempt> merges = new ArrayList<>(2);
    final Cells<AnonVma> anonVmas;
    final Cells<Folio> folios;
    final Cells<SwapSlot> slots;
    final Cells<OpenFile> files;
    final Cells<Inode> inodes;
    private final Cells<Process> processes;
    private @Nullable Space[] spaces;
    int committed;
    int writes;
    /// Page table entries that rules have looked at.
    int looks;
    private int nextVma;

    Draft(Machine before, Rules rules) {
        this.before = before;
        this.rules = rules;
        anonVmas = new Cells<>(before.anonVmas());
        folios = new Cells<>(before.folios());
        slots = new Cells<>(before.slots());
        files = new Cells<>(before.files());
        inodes = new Cells<>(before.inodes());
        processes = new Cells<>(before.processes());
        spaces = new Space[before.processes().size() + 1];
        committed = before.committed();
        writes = before.writes();
        nextVma = before.nextVma();
    }

    /// The machine as it is now; the same object as before if nothing was changed.
    Machine freeze() {
        for (Space space : spaces) {
            if (space != null) {
                Process process = processes.need(space.process);
                AddressSpace frozen = space.freeze();
                if (frozen != process.space()) {
                    processes.set(process.id(), new Process(process.id(), process.parent(), process.alive(), frozen));
                }
            }
        }
        return isChanged() ? changed() : before;
    }

    private boolean isChanged() {
        return processes.isChanged()
                || anonVmas.isChanged()
                || folios.isChanged()
                || slots.isChanged()
                || files.isChanged()
                || inodes.isChanged()
                || committed != before.committed()
                || writes != before.writes()
                || nextVma != before.nextVma();
    }

    private Machine changed() {
        return new Machine(
                before.setup(),
                processes.toTable(),
                anonVmas.toTable(),
                folios.toTable(),
                slots.toTable(),
                files.toTable(),
                inodes.toTable(),
                committed,
                nextVma,
                writes);
    }

    int arenaPages() {
        return before.setup().pages();
    }

    /// Charges memory if the limit allows it (`security_vm_enough_memory_mm`, strict overcommit).
    boolean charge(int pages) {
        if (pages > 0 && committed > before.setup().commitLimit() - pages) {
            return false;
        }
        committed += pages;
        return true;
    }

    /// Counts pages that come (or, negative, go) with these flags: `vm_stat_account`.
    void count(Space space, Counting.Occasion occasion, long flags, int pages) {
        space.totalVm += counts(Counting.Counter.TOTAL, occasion, flags) ? pages : 0;
        if ((flags & (VmFlags.WRITE | VmFlags.SHARED | VmFlags.GROWSDOWN)) == VmFlags.WRITE) {
            space.dataVm += counts(Counting.Counter.DATA, occasion, flags) ? pages : 0;
        }
    }

    /// Counts pages that are locked (or, negative, are so no more), if these flags say that they are.
    void countLocked(Space space, Counting.Occasion occasion, long flags, int pages) {
        if ((flags & VmFlags.LOCKED) != 0) {
            space.lockedVm += counts(Counting.Counter.LOCKED, occasion, flags) ? pages : 0;
        }
    }

    /// Whether what is committed follows on this occasion.
    boolean commits(Counting.Occasion occasion, long flags) {
        return counts(Counting.Counter.COMMITTED, occasion, flags);
    }

    private boolean counts(Counting.Counter counter, Counting.Occasion occasion, long flags) {
        return rules.get(Decisions.COUNTING).counts(counter, occasion, flags);
    }

    /// Whether a seal forbids something.
    boolean isSealed(Vma vma, SealTest.Deed deed) {
        return vma.has(VmFlags.SEALED) && rules.get(Decisions.SEAL_FORBIDS).forbids(deed, vma);
    }

    /// Whether overcommit is strict: then MAP_NORESERVE is ignored.
    boolean isCommitStrict() {
        return before.setup().commitLimit() != Setup.UNLIMITED;
    }

    /// Pages that each process may lock.
    int memlock() {
        return before.setup().memlock();
    }

    /// Whether a process may have this many locked pages more (`mlock_future_ok`).
    boolean mayLock(Space space, int pages) {
        return pages <= memlock() - (long) space.lockedVm;
    }

    int maxMapCount() {
        return before.setup().maxMapCount();
    }

    /// The changing address space of a process that exists.
    Space space(int process) {
        Space space = spaces[process];
        if (space == null) {
            space = new Space(process, processes.need(process).space());
            spaces[process] = space;
        }
        return space;
    }

    boolean isAlive(int process) {
        Process found = processes.get(process);
        return found != null && found.alive();
    }

    int processCount() {
        return processes.size();
    }

    /// Makes a process with an address space of its own.
    Space addProcess(int parent, AddressSpace space) {
        int id = processes.add(new Process(processes.size(), parent, true, space));
        if (id >= spaces.length) {
            spaces = Arrays.copyOf(spaces, id + 2);
        }
        return space(id);
    }

    /// Gives a process an empty address space, alive or not.
    void resetProcess(int process, boolean alive) {
        int startBrk = before.setup().startBrk();
        spaces[process] = null;
        processes.set(
                process,
                new Process(
                        process,
                        processes.need(process).parent(),
                        alive,
                        new AddressSpace(
                                Table.empty(), Table.ofSize(arenaPages()), 0, 0, 0, 0, startBrk, startBrk, 0)));
    }

    int newVmaId() {
        return nextVma++;
    }

    /// A VMA with a fresh identity and no anon_vma.
    Vma newVma(int start, int end, long flags, int pgoff, int file) {
        return new Vma(newVmaId(), start, end, flags, pgoff, Vma.NONE, Chain.EMPTY, file, Vma.NONE, Vma.NONE, "");
    }

    @Override
    public AnonVma anonVma(int id) {
        return anonVmas.need(id);
    }

    @Override
    public Folio folio(int id) {
        return folios.need(id);
    }

    @Override
    public SwapSlot slot(int id) {
        return slots.need(id);
    }

    @Override
    public @Nullable Vma vma(int process, int id) {
        return isAlive(process) ? space(process).byId(id) : null;
    }

    @Override
    public @Nullable Pte pte(int process, int page) {
        looks++;
        return isAlive(process) ? space(process).pte(page) : null;
    }
}
