package vmacheck.check.shrink;

import vmacheck.call.Advice;
import vmacheck.call.LockAllFlags;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.call.RemapFlags;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.model.Vma;

/// What an argument of a call means: which values it can have and how far each is from the simplest one.
enum Role {
    ADDRESS,
    PAGE,
    /// An address that may be left out.
    DESTINATION,
    /// Of the range that starts at the address before it.
    LENGTH,
    /// Of the range that starts at the destination, if there is one.
    NEW_LENGTH,
    PROT,
    MAP_FLAGS,
    REMAP_FLAGS,
    LOCK_FLAGS,
    LOCK_ALL_FLAGS,
    FILE,
    OFFSET,
    ADVICE;

    private static final int USUAL_PROT = Prot.READ | Prot.WRITE;
    private static final int USUAL_MAP = MapFlags.PRIVATE | MapFlags.ANONYMOUS;
    /// Flags that change more than where something lands, and those among them that outlive the call.
    private static final int HEAVY_MAP =
            MapFlags.SHARED | MapFlags.NOREPLACE | MapFlags.LOCKED | MapFlags.NORESERVE | MapFlags.POPULATE;

    private static final int LASTING_MAP = MapFlags.SHARED | MapFlags.LOCKED | MapFlags.NORESERVE;

    boolean isPlace() {
        return this == ADDRESS || this == PAGE || this == DESTINATION;
    }

    boolean isLength() {
        return this == LENGTH || this == NEW_LENGTH;
    }

    /// The smallest and the greatest value that the text form knows. A range is also bounded by the arena.
    int least() {
        return this == DESTINATION || this == FILE ? Vma.NONE : 0;
    }

    int greatest(Setup setup) {
        return switch (this) {
            case ADDRESS, DESTINATION, LENGTH, NEW_LENGTH -> setup.pages();
            case PAGE -> setup.pages() - 1;
            case PROT, REMAP_FLAGS, LOCK_ALL_FLAGS -> 7;
            case MAP_FLAGS -> 255;
            case LOCK_FLAGS -> 1;
            case FILE -> Machine.NAMED_FILES - 1;
            case OFFSET -> 4095;
            case ADVICE -> Advice.values().length - 1;
        };
    }

    /// How much a value adds to the complexity of a call, see [SimplerThan].
    int cost(int value) {
        return switch (this) {
            case ADDRESS, PAGE, OFFSET, LOCK_FLAGS, ADVICE -> value;
            case DESTINATION, FILE -> value + 1;
            // The usual length is 1; an empty range is a special case.
            case LENGTH, NEW_LENGTH -> value == 0 ? 1 : value - 1;
            case PROT -> Integer.bitCount(value ^ USUAL_PROT) + (~value & Prot.READ);
            case MAP_FLAGS -> mapCost(value ^ USUAL_MAP);
            case REMAP_FLAGS -> Integer.bitCount(value) + Integer.bitCount(value & RemapFlags.DONTUNMAP);
            case LOCK_ALL_FLAGS -> Integer.bitCount(value ^ LockAllFlags.CURRENT);
        };
    }

    private static int mapCost(int unusual) {
        return Integer.bitCount(unusual)
                + Integer.bitCount(unusual & HEAVY_MAP)
                + Integer.bitCount(unusual & LASTING_MAP);
    }

    /// How a unit of that cost weighs against one of another role: a page of length more than any flags, flags more
    /// than page numbers.
    private int shift() {
        return switch (this) {
            case LENGTH, NEW_LENGTH -> 34;
            case PROT, MAP_FLAGS, REMAP_FLAGS, LOCK_FLAGS, LOCK_ALL_FLAGS, FILE, ADVICE -> 24;
            case ADDRESS, PAGE, DESTINATION, OFFSET -> 0;
        };
    }

    long weight(int value) {
        return (long) cost(value) << shift();
    }
}
