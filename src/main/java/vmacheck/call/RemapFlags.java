package vmacheck.call;

/// Bits of the flags argument of mremap.
public final class RemapFlags {
    public static final int MAYMOVE = 1;
    public static final int FIXED = 2;
    public static final int DONTUNMAP = 4;

    private RemapFlags() {}
}
