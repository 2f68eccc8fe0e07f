package vmacheck.call;

/// Bits of the flags argument of mmap.
public final class MapFlags {
    public static final int SHARED = 1;
    public static final int PRIVATE = 2;
    public static final int ANONYMOUS = 4;
    public static final int FIXED = 8;
    public static final int NOREPLACE = 16;
    public static final int LOCKED = 32;
    public static final int NORESERVE = 64;
    public static final int POPULATE = 128;

    private MapFlags() {}
}
