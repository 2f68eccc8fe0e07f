package vmacheck.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The whole state at one moment. Two machines are equal iff everything in them is.
///
/// @param processes by process id; exited ones stay
/// @param anonVmas  by id; freed ones stay, marked
/// @param folios    by id; freed ones are null
/// @param slots     swap slots by id; free ones are null
/// @param files     open file descriptions by id: F0 to F3, then the objects of shared anonymous mappings
/// @param inodes    by id
/// @param committed pages of accounted VMAs in the whole machine (`vm_committed_as`)
/// @param nextVma   identity for the next VMA
/// @param writes    number of writes so far: the next write stores the token `writes + 1`
public record Machine(
        Setup setup,
        Table<Process> processes,
        Table<AnonVma> anonVmas,
        Table<Folio> folios,
        Table<SwapSlot> slots,
        Table<OpenFile> files,
        Table<Inode> inodes,
        int committed,
        int nextVma,
        int writes) {

    /// Files that exist from the start: F0 and F1 are two files, F2 is F0 opened again, F3 is F0 opened read-only.
    public static final int NAMED_FILES = 4;

    /// The process with this id if it is alive, or null.
    public @Nullable Process live(int process) {
        Process found = processes.get(process);
        return found != null && found.alive() ? found : null;
    }

    public AnonVma anonVma(int id) {
        return Objects.requireNonNull(anonVmas.get(id), "no such anon_vma");
    }

    /// The folio with this id; a freed one is an error.
    public Folio folio(int id) {
        return Objects.requireNonNull(folios.get(id), "no such folio");
    }

    /// A machine with one process, P0, that has mapped nothing.
    public static Machine start(Setup setup) {
        AddressSpace space = new AddressSpace(
                Table.empty(), Table.ofSize(setup.pages()), 0, 0, 0, 0, setup.startBrk(), setup.startBrk(), 0);
        Table<OpenFile> files = Table.<OpenFile>empty()
                .with(0, new OpenFile(0, 0, true))
                .with(1, new OpenFile(1, 1, true))
                .with(2, new OpenFile(2, 0, true))
                .with(3, new OpenFile(3, 0, false));
        Table<Inode> inodes = Table.<Inode>empty()
                .with(0, new Inode(0, Setup.FILE_PAGES, false, Table.empty(), 1_000_000))
                .with(1, new Inode(1, Setup.FILE_PAGES, false, Table.empty(), 2_000_000));
        return new Machine(
                setup,
                Table.<Process>empty().with(0, new Process(0, Vma.NONE, true, space)),
                Table.empty(),
                Table.empty(),
                Table.empty(),
                files,
                inodes,
                0,
                0,
                0);
    }
}
