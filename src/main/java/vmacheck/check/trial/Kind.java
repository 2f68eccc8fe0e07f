package vmacheck.check.trial;

import java.util.Locale;
import vmacheck.call.Call;

/// The kinds of calls, the simplest first: this order is a part of what *simpler* means.
public enum Kind {
    WRITE,
    READ,
    MMAP,
    FORK,
    MUNMAP,
    MPROTECT,
    MREMAP,
    EXIT,
    MADVISE,
    MLOCK,
    MLOCK2,
    MUNLOCK,
    BRK,
    MLOCKALL,
    MUNLOCKALL,
    MSEAL,
    EXECVE,
    RECLAIM,
    SWAPIN;

    public static Kind of(Call call) {
        return switch (call) {
            case Call.Mmap _ -> MMAP;
            case Call.Munmap _ -> MUNMAP;
            case Call.Mprotect _ -> MPROTECT;
            case Call.Mremap _ -> MREMAP;
            case Call.Brk _ -> BRK;
            case Call.Madvise _ -> MADVISE;
            case Call.Mlock _ -> MLOCK;
            case Call.Mlock2 _ -> MLOCK2;
            case Call.Munlock _ -> MUNLOCK;
            case Call.Mlockall _ -> MLOCKALL;
            case Call.Munlockall _ -> MUNLOCKALL;
            case Call.Mseal _ -> MSEAL;
            case Call.Fork _ -> FORK;
            case Call.Exit _ -> EXIT;
            case Call.Execve _ -> EXECVE;
            case Call.Read _ -> READ;
            case Call.Write _ -> WRITE;
            case Call.Reclaim _ -> RECLAIM;
            case Call.SwapIn _ -> SWAPIN;
        };
    }

    /// The name as it stands in a history.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
