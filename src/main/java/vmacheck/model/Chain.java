package vmacheck.model;

import java.util.Arrays;

/// The `anon_vma_chain` of a VMA: the ids of the anon_vmas that it is linked to, oldest first (the kernel's list
/// read from its tail). The first one is the root of the family.
public final class Chain {
    public static final Chain EMPTY = new Chain(new int[0]);

    private final int[] ids;

    private Chain(int[] ids) {
        this.ids = ids;
    }

    public static Chain of(int... oldestFirst) {
        return oldestFirst.length == 0 ? EMPTY : new Chain(oldestFirst.clone());
    }

    public int size() {
        return ids.length;
    }

    /// True iff the chain has exactly one link: its VMA never came out of a fork.
    public boolean isSingular() {
        return ids.length == 1;
    }

    /// The anon_vma at `index`, counted from the oldest.
    public int get(int index) {
        return ids[index];
    }

    public boolean contains(int anonVma) {
        for (int id : ids) {
            if (id == anonVma) {
                return true;
            }
        }
        return false;
    }

    /// This chain with `newest` pushed at the kernel's list head.
    public Chain push(int newest) {
        int[] longer = Arrays.copyOf(ids, ids.length + 1);
        longer[ids.length] = newest;
        return new Chain(longer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Chain chain && Arrays.equals(ids, chain.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
