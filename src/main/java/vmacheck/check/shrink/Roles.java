package vmacheck.check.shrink;

import static vmacheck.check.shrink.Role.*;

import vmacheck.check.trial.Kind;

/// The arguments of each kind of call, in the order of the text form.
final class Roles {
    private static final Role[][] BY_KIND = new Role[Kind.values().length][];

    static {
        for (Kind kind : Kind.values()) {
            BY_KIND[kind.ordinal()] = make(kind);
        }
    }

    private Roles() {}

    static Role[] of(Kind kind) {
        return BY_KIND[kind.ordinal()];
    }

    private static Role[] make(Kind kind) {
        return switch (kind) {
            case MMAP -> list(ADDRESS, LENGTH, PROT, MAP_FLAGS, FILE, OFFSET);
            case MUNMAP, MLOCK, MUNLOCK, MSEAL -> list(ADDRESS, LENGTH);
            case MPROTECT -> list(ADDRESS, LENGTH, PROT);
            case MREMAP -> list(ADDRESS, LENGTH, NEW_LENGTH, REMAP_FLAGS, DESTINATION);
            case BRK -> list(ADDRESS);
            case MADVISE -> list(ADDRESS, LENGTH, ADVICE);
            case MLOCK2 -> list(ADDRESS, LENGTH, LOCK_FLAGS);
            case MLOCKALL -> list(LOCK_ALL_FLAGS);
            case READ, WRITE, RECLAIM, SWAPIN -> list(PAGE);
            case MUNLOCKALL, FORK, EXIT, EXECVE -> list();
        };
    }

    private static Role[] list(Role... roles) {
        return roles;
    }
}
