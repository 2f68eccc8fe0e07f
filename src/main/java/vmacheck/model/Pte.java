package vmacheck.model;

/// A page table entry that is not empty.
public sealed interface Pte {
    /// A present entry. The anon-exclusive bit belongs to the folio, see [Folio#exclusive()].
    record Present(int folio, boolean writable) implements Pte {}

    /// The shared zero page, present and never writable.
    record Zero() implements Pte {}

    /// A swap entry: the slot and the exclusive mark that x86-64 keeps in it.
    record Swap(int slot, boolean exclusive) implements Pte {}

    /// A guard marker (`MADV_GUARD_INSTALL`): every access is a SIGSEGV.
    record Guard() implements Pte {}

    Zero ZERO = new Zero();
    Guard GUARD = new Guard();
}
