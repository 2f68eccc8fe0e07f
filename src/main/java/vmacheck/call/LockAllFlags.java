package vmacheck.call;

/// Bits of the flags argument of mlockall.
public final class LockAllFlags {
    public static final int CURRENT = 1;
    public static final int FUTURE = 2;
    public static final int ONFAULT = 4;

    private LockAllFlags() {}
}
