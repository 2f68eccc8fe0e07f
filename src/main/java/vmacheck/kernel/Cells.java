package vmacheck.kernel;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.model.Table;

/// A table being changed: copies the original at the first write, gives the original back if there was none.
final class Cells<T> {
    private final Table<T> original;
    private @Nullable Object @Nullable [] owned;
    private int size;

    Cells(Table<T> original) {
        this.original = original;
        this.size = original.size();
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    T get(int index) {
        return owned == null ? original.get(index) : index < 0 || index >= size ? null : (T) owned[index];
    }

    T need(int index) {
        return Objects.requireNonNull(get(index));
    }

    void set(int index, @Nullable T entry) {
        if (owned == null) {
            if (index < size && original.get(index) == entry) {
                return;
            }
            owned = original.toArray(index + 1);
        } else if (index >= owned.length) {
            owned = Arrays.copyOf(owned, index + 4);
        }
        owned[index] = entry;
        size = Math.max(size, index + 1);
    }

    /// Puts an entry at the end.
    int add(T entry) {
        set(size, entry);
        return size - 1;
    }

    boolean isChanged() {
        return owned != null;
    }

    Table<T> toTable() {
        if (owned == null) {
            return original;
        }
        return Table.owning(owned.length == size ? owned : Arrays.copyOf(owned, size));
    }
}
