package vmacheck.invariant;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.Table;

/// The folios that a step changed or mapped elsewhere, a part of [Facts]. Arrays by id are kept and cleared, not made
/// anew.
final class ChangedFolios {
    private int[] folios = new int[64];
    private int count;
    private boolean[] listed = new boolean[128];
    private boolean[] moved = new boolean[128];
    private int[] mappings = new int[128];

    void clear() {
        for (int i = 0; i < count; i++) {
            listed[folios[i]] = false;
            moved[folios[i]] = false;
            mappings[folios[i]] = 0;
        }
        count = 0;
    }

    void compare(Table<Folio> then, Table<Folio> now) {
        if (now == then) {
            return;
        }
        int size = Math.max(now.size(), then.size());
        for (int id = 0; id < size; id++) {
            if (now.get(id) != then.get(id)) {
                list(id);
            }
        }
    }

    private void list(int id) {
        if (id >= listed.length) {
            int size = 2 * id;
            listed = Arrays.copyOf(listed, size);
            moved = Arrays.copyOf(moved, size);
            mappings = Arrays.copyOf(mappings, size);
        }
        if (!listed[id]) {
            listed[id] = true;
            if (count == folios.length) {
                folios = Arrays.copyOf(folios, 2 * count);
            }
            folios[count++] = id;
        }
    }

    /// An entry came (1) or went (-1).
    void map(@Nullable Pte pte, int delta) {
        if (pte instanceof Pte.Present present) {
            list(present.folio());
            mappings[present.folio()] += delta;
        }
    }

    /// Marks those that went to another place or are now shared.
    ///
    /// @return how many entries name them
    int markMoved(Table<Folio> before, Table<Folio> after) {
        int wanted = 0;
        for (int i = 0; i < count; i++) {
            Folio now = after.get(folios[i]);
            Folio then = before.get(folios[i]);
            if (now != null
                    && then != null
                    && (now.mapping() != then.mapping()
                            || now.index() != then.index()
                            || now.anonymous() && now.mapcount() > then.mapcount()
                            || then.exclusive() && !now.exclusive())) {
                moved[folios[i]] = true;
                wanted += now.mapcount();
            }
        }
        return wanted;
    }

    /// Whether an entry maps one that is marked.
    boolean isMoved(@Nullable Pte pte) {
        return pte instanceof Pte.Present present && present.folio() < moved.length && moved[present.folio()];
    }

    int count() {
        return count;
    }

    int id(int i) {
        return folios[i];
    }

    /// How many entries more than before map a folio.
    int newMappings(int folio) {
        return mappings[folio];
    }
}
