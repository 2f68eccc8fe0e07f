package vmacheck.invariant;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Setup;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// What a step changed, found out once and shared by all invariants.
///
/// A machine shares with its predecessor whatever a step left alone, so comparing references tells what may be wrong
/// now and was not before. What did not change was judged when it came to be. The lists hold at least what changed;
/// [#observe] overwrites them, nothing is left over from the step before.
final class Facts {
    private static final Table<Vma> NO_VMAS = Table.empty();

    private Machine before = Machine.start(Setup.DEFAULT);
    private Machine after = before;

    private int processCount;
    private boolean[] vmasChanged = new boolean[8];
    private boolean[] dirty = new boolean[8];

    private final ChangedVmas vmas = new ChangedVmas();
    private final ChangedAnonVmas anonVmas = new ChangedAnonVmas();
    private final ChangedFolios folios = new ChangedFolios();
    private final Entries entries = new Entries();
    private int[] scratch = new int[256];

    void observe(Step step) {
        forget();
        before = step.before();
        after = step.after();
        processCount = after.processes().size();
        if (vmasChanged.length < processCount) {
            vmasChanged = new boolean[2 * processCount];
            dirty = new boolean[2 * processCount];
        }
        if (before == after) {
            Arrays.fill(vmasChanged, false);
            Arrays.fill(dirty, false);
            return;
        }
        compareVmas();
        anonVmas.compare(before.anonVmas(), after.anonVmas(), dirty);
        folios.compare(before.folios(), after.folios());
        comparePages();
        addEntriesOfMovedFolios();
    }

    private void forget() {
        folios.clear();
        anonVmas.clear();
        vmas.clear();
        entries.clear();
    }

    private void compareVmas() {
        for (int p = 0; p < processCount; p++) {
            Process now = after.processes().get(p);
            Process then = before.processes().get(p);
            boolean changed = now != then
                    && now != null
                    && (then == null || now.space().vmas() != then.space().vmas());
            vmasChanged[p] = changed;
            dirty[p] = changed;
            if (changed && now != null) {
                vmas.add(
                        p,
                        now.space().vmas(),
                        then == null ? NO_VMAS : then.space().vmas());
            }
        }
    }

    private void comparePages() {
        for (int p = 0; p < processCount; p++) {
            Process now = after.processes().get(p);
            Process then = before.processes().get(p);
            if (now != null && (dirty[p] || now != then)) {
                comparePages(p, now.space(), then == null ? null : then.space());
            }
        }
    }

    private void comparePages(int process, AddressSpace now, @Nullable AddressSpace then) {
        Table<Pte> pages = now.pages();
        boolean all = dirty[process];
        if (!all && then != null && then.pages() == pages) {
            return;
        }
        int next = 0;
        Vma vma = now.vmas().get(0);
        for (int page = 0; page < pages.size(); page++) {
            Pte pte = pages.get(page);
            Pte old = then == null ? null : then.pages().get(page);
            if (pte != old) {
                folios.map(old, -1);
                folios.map(pte, 1);
            } else if (!all) {
                continue;
            }
            if (pte != null) {
                while (vma != null && vma.end() <= page) {
                    vma = now.vmas().get(++next);
                }
                entries.add(process, page, pte, vma != null && vma.start() <= page ? vma : null);
            }
        }
    }

    /// Entries that are as they were, but name a folio that went to another place or is now shared.
    private void addEntriesOfMovedFolios() {
        int wanted = folios.markMoved(before.folios(), after.folios());
        if (wanted == 0) {
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            wanted -= folios.isMoved(entries.pte(i)) ? 1 : 0;
        }
        for (int p = 0; p < processCount && wanted > 0; p++) {
            Process process = after.processes().get(p);
            if (!dirty[p] && process != null) {
                addMoved(p, process.space(), before.processes().get(p));
            }
        }
    }

    private void addMoved(int process, AddressSpace now, @Nullable Process then) {
        for (int page = 0; page < now.pages().size(); page++) {
            Pte pte = now.pages().get(page);
            if (folios.isMoved(pte)
                    && pte != null
                    && then != null
                    && then.space().pages().get(page) == pte) {
                entries.add(process, page, pte, now.vmaAt(page));
            }
        }
    }

    /// At least `size` zeros to count with, for one invariant at a time.
    int[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new int[2 * size];
        } else {
            Arrays.fill(scratch, 0, size, 0);
        }
        return scratch;
    }

    Machine before() {
        return before;
    }

    Machine after() {
        return after;
    }

    int processCount() {
        return processCount;
    }

    /// The address space of a process after the step; empty for one that has exited.
    AddressSpace space(int process) {
        return Objects.requireNonNull(after.processes().get(process)).space();
    }

    /// The address space of a process before the step, or null if it did not exist.
    @Nullable
    AddressSpace spaceBefore(int process) {
        Process then = before.processes().get(process);
        return then == null ? null : then.space();
    }

    boolean spaceChanged(int process) {
        return space(process) != spaceBefore(process);
    }

    /// Whether a process has other VMAs than before.
    boolean vmasChanged(int process) {
        return vmasChanged[process];
    }

    /// Whether the VMAs of a process, or the links to them, are other ones than before.
    boolean isDirty(int process) {
        return dirty[process];
    }

    boolean anyDirty() {
        for (int p = 0; p < processCount; p++) {
            if (dirty[p]) {
                return true;
            }
        }
        return false;
    }

    /// Number of VMAs that are new or changed.
    int vmaCount() {
        return vmas.count();
    }

    Vma vma(int i) {
        return vmas.vma(i);
    }

    int vmaOwner(int i) {
        return vmas.owner(i);
    }

    /// Number of anon_vmas that are new or changed.
    int anonVmaCount() {
        return anonVmas.count();
    }

    int anonVma(int i) {
        return anonVmas.id(i);
    }

    boolean isTreeChanged(AnonVma anonVma) {
        AnonVma then = before.anonVmas().get(anonVma.id());
        return then == null || then.tree() != anonVma.tree();
    }

    /// Number of folios that are new, changed, freed, or mapped in more or fewer places.
    int folioCount() {
        return folios.count();
    }

    int folio(int i) {
        return folios.id(i);
    }

    /// How many page table entries more than before map a folio.
    int newMappings(int folio) {
        return folios.newMappings(folio);
    }

    /// Page table entries that are new, changed, in VMAs that changed, or name a folio that changed.
    Entries entries() {
        return entries;
    }

    /// The folio that entry `i` of [#entries] maps, or null.
    @Nullable
    Folio folioOf(int i) {
        return entries.pte(i) instanceof Pte.Present(int folio, _)
                ? after.folios().get(folio)
                : null;
    }
}
