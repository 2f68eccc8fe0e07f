package vmacheck.call;

import java.util.Locale;

/// The advice of madvise that the model knows.
public enum Advice {
    NORMAL,
    RANDOM,
    SEQUENTIAL,
    WILLNEED,
    DONTNEED,
    FREE,
    REMOVE,
    DONTFORK,
    DOFORK,
    MERGEABLE,
    UNMERGEABLE,
    HUGEPAGE,
    NOHUGEPAGE,
    DONTDUMP,
    DODUMP,
    WIPEONFORK,
    KEEPONFORK,
    COLD,
    PAGEOUT,
    POPULATE_READ,
    POPULATE_WRITE,
    DONTNEED_LOCKED,
    GUARD_INSTALL,
    GUARD_REMOVE;

    /// The name as it stands in a history.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
