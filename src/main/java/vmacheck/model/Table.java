package vmacheck.model;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A persistent array: entries by small number, absent ones are null. Updates copy; reads are as fast as an array's.
///
/// A purpose-made stand-in for a persistent vector: at the sizes of this model (tens of entries) copying the array
/// is faster than sharing parts of a tree.
public final class Table<T> {
    private static final Table<?> EMPTY = new Table<>(new Object[0]);

    private final @Nullable Object[] entries;

    private Table(@Nullable Object[] entries) {
        this.entries = entries;
    }

    @SuppressWarnings("unchecked")
    public static <T> Table<T> empty() {
        return (Table<T>) EMPTY;
    }

    /// A table of `size` absent entries.
    public static <T> Table<T> ofSize(int size) {
        return new Table<>(new Object[size]);
    }

    /// A table that owns `entries`: the caller must not write to the array again.
    public static <T> Table<T> owning(@Nullable Object[] entries) {
        return new Table<>(entries);
    }

    /// One past the greatest number that can be read.
    public int size() {
        return entries.length;
    }

    /// The entry at `index`, or null if there is none.
    @SuppressWarnings("unchecked")
    public @Nullable T get(int index) {
        return index < 0 || index >= entries.length ? null : (T) entries[index];
    }

    /// This table with `entry` at `index`, growing as needed.
    public Table<T> with(int index, @Nullable T entry) {
        @Nullable Object[] copy = Arrays.copyOf(entries, Math.max(entries.length, index + 1));
        copy[index] = entry;
        return new Table<>(copy);
    }

    /// A fresh array of the entries, for bulk changes; at least `size` long.
    public @Nullable Object[] toArray(int size) {
        return Arrays.copyOf(entries, Math.max(entries.length, size));
    }

    /// Visits the entries that are there, in order.
    @SuppressWarnings("unchecked")
    public void forEach(Consumer<T> visitor) {
        for (Object entry : entries) {
            if (entry != null) {
                visitor.accept((T) entry);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table<?> table && Arrays.equals(entries, table.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return Arrays.toString(entries);
    }
}
