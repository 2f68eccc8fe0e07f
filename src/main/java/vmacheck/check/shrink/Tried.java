package vmacheck.check.shrink;

import java.util.Arrays;

/// The hashes of the histories that were tried, so that none runs twice. Forgets all when it is full.
final class Tried {
    private static final int SLOTS = 1 << 18;

    private final long[] slots = new long[SLOTS];
    private int used;

    /// Whether the hash is new.
    boolean add(long hash) {
        int slot = find(hash);
        if (slots[slot] != 0) {
            return false;
        }
        if (used > SLOTS / 4 * 3) {
            Arrays.fill(slots, 0);
            used = 0;
            slot = find(hash);
        }
        slots[slot] = key(hash);
        used++;
        return true;
    }

    boolean contains(long hash) {
        return slots[find(hash)] != 0;
    }

    private int find(long hash) {
        int slot = (int) (hash >>> 20) & (SLOTS - 1);
        while (slots[slot] != 0 && slots[slot] != key(hash)) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        return slot;
    }

    /// 0 marks an empty slot.
    private static long key(long hash) {
        return hash == 0 ? 1 : hash;
    }
}
