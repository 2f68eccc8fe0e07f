package vmacheck.call;

/// One thing that happens. Addresses and lengths are pages of the arena. Every call is possible on every machine:
/// one that makes no sense returns an errno.
public sealed interface Call {
    /// The process that does it or, for an event of the environment, that it happens to.
    int process();

    /// @param prot   bits of [Prot]
    /// @param flags  bits of [MapFlags]
    /// @param file   open file description, or [Vma#NONE]
    /// @param offset in pages of the file
    record Mmap(int process, int addr, int length, int prot, int flags, int file, int offset) implements Call {}

    record Munmap(int process, int addr, int length) implements Call {}

    record Mprotect(int process, int addr, int length, int prot) implements Call {}

    /// @param flags   bits of [RemapFlags]
    /// @param newAddr destination or hint; [Vma#NONE] if not given
    record Mremap(int process, int addr, int oldLength, int newLength, int flags, int newAddr) implements Call {}

    /// @param addr the wanted break
    record Brk(int process, int addr) implements Call {}

    record Madvise(int process, int addr, int length, Advice advice) implements Call {}

    record Mlock(int process, int addr, int length) implements Call {}

    record Mlock2(int process, int addr, int length, boolean onFault) implements Call {}

    record Munlock(int process, int addr, int length) implements Call {}

    /// @param flags bits of [LockAllFlags]
    record Mlockall(int process, int flags) implements Call {}

    record Munlockall(int process) implements Call {}

    record Mseal(int process, int addr, int length) implements Call {}

    record Fork(int process) implements Call {}

    record Exit(int process) implements Call {}

    record Execve(int process) implements Call {}

    record Read(int process, int page) implements Call {}

    record Write(int process, int page) implements Call {}

    /// The kernel reclaims the folio that the process maps at this page.
    record Reclaim(int process, int page) implements Call {}

    /// The page comes back from swap for reading.
    record SwapIn(int process, int page) implements Call {}

    /// Whether the call is an event of the environment.
    default boolean isEvent() {
        return this instanceof Reclaim || this instanceof SwapIn;
    }
}
