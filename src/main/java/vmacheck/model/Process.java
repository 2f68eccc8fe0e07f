package vmacheck.model;

/// A process, named P0, P1, ... in order of creation.
///
/// @param parent the process that forked it, or [Vma#NONE] for P0
/// @param alive  false after exit; its address space is then empty
public record Process(int id, int parent, boolean alive, AddressSpace space) {
    public String name() {
        return "P" + id;
    }
}
