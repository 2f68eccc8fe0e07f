package vmacheck.model;

/// The bits of `vm_flags` that the model knows, at the positions of Linux 6.18 on x86-64 (`include/linux/mm.h`),
/// and their mnemonics in `/proc/PID/smaps`.
public final class VmFlags {
    public static final long READ = 1L;
    public static final long WRITE = 1L << 1;
    public static final long EXEC = 1L << 2;
    public static final long SHARED = 1L << 3;
    public static final long MAYREAD = 1L << 4;
    public static final long MAYWRITE = 1L << 5;
    public static final long MAYEXEC = 1L << 6;
    public static final long MAYSHARE = 1L << 7;
    public static final long GROWSDOWN = 1L << 8;
    public static final long UFFD_MISSING = 1L << 9;
    public static final long PFNMAP = 1L << 10;
    public static final long MAYBE_GUARD = 1L << 11;
    public static final long UFFD_WP = 1L << 12;
    public static final long LOCKED = 1L << 13;
    public static final long IO = 1L << 14;
    public static final long SEQ_READ = 1L << 15;
    public static final long RAND_READ = 1L << 16;
    public static final long DONTCOPY = 1L << 17;
    public static final long DONTEXPAND = 1L << 18;
    public static final long LOCKONFAULT = 1L << 19;
    public static final long ACCOUNT = 1L << 20;
    public static final long NORESERVE = 1L << 21;
    public static final long HUGETLB = 1L << 22;
    public static final long SYNC = 1L << 23;
    public static final long WIPEONFORK = 1L << 25;
    public static final long DONTDUMP = 1L << 26;
    public static final long SOFTDIRTY = 1L << 27;
    public static final long MIXEDMAP = 1L << 28;
    public static final long HUGEPAGE = 1L << 29;
    public static final long NOHUGEPAGE = 1L << 30;
    public static final long MERGEABLE = 1L << 31;
    public static final long DROPPABLE = 1L << 40;
    public static final long UFFD_MINOR = 1L << 41;
    public static final long SEALED = 1L << 42;

    /// A VMA with one of these is never merged with anything.
    public static final long SPECIAL = IO | DONTEXPAND | PFNMAP | MIXEDMAP;

    public static final long ACCESS = READ | WRITE | EXEC;
    public static final long LOCK_BITS = LOCKED | LOCKONFAULT;
    public static final long MAY_ACCESS = MAYREAD | MAYWRITE | MAYEXEC;

    private static final String[] MNEMONICS = {
        "rd", "wr", "ex", "sh", "mr", "mw", "me", "ms", "gd", "um", "pf", "gu", "uw", "lo", "io", "sr", "rr", "dc",
        "de", "lf", "ac", "nr", "ht", "sf", "ar", "wf", "dd", "sd", "mm", "hg", "nh", "mg", "", "", "", "", "", "ss",
        "", "", "dp", "ui", "sl"
    };

    private VmFlags() {}

    /// The mnemonics of `flags` in bit order, separated by spaces, as the `VmFlags:` line of smaps has them.
    public static String toSmaps(long flags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < MNEMONICS.length; bit++) {
            if ((flags & (1L << bit)) != 0 && !MNEMONICS[bit].isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(MNEMONICS[bit]);
            }
        }
        return text.toString();
    }

    /// The permission column of `/proc/PID/maps`: `rw-p`, `r--s` and so on.
    public static String toPerm(long flags) {
        return ((flags & READ) != 0 ? "r" : "-")
                + ((flags & WRITE) != 0 ? "w" : "-")
                + ((flags & EXEC) != 0 ? "x" : "-")
                + ((flags & MAYSHARE) != 0 ? "s" : "p");
    }
}
