package vmacheck.invariant;

import java.util.Arrays;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Table;

/// The anon_vmas that a step made, changed or freed, a part of [Facts].
final class ChangedAnonVmas {
    private int[] anonVmas = new int[32];
    private int count;

    void clear() {
        count = 0;
    }

    /// @param dirty by process: is set for those that lost a link, which must be looked at even if their VMAs are as
    ///              they were
    void compare(Table<AnonVma> then, Table<AnonVma> now, boolean[] dirty) {
        if (now == then) {
            return;
        }
        for (int id = 0; id < now.size(); id++) {
            AnonVma anonVma = now.get(id);
            AnonVma old = then.get(id);
            if (anonVma != old) {
                add(id);
                if (old != null && anonVma != null && old.tree() != anonVma.tree()) {
                    markLostLinks(old.tree(), anonVma.tree(), dirty);
                }
            }
        }
    }

    private void add(int id) {
        if (count == anonVmas.length) {
            anonVmas = Arrays.copyOf(anonVmas, 2 * count);
        }
        anonVmas[count++] = id;
    }

    private static void markLostLinks(Avc[] then, Avc[] now, boolean[] dirty) {
        int k = 0;
        for (Avc link : then) {
            if (k < now.length && now[k] == link) {
                k++;
                continue;
            }
            int found = k;
            while (found < now.length && now[found] != link) {
                found++;
            }
            if (found < now.length) {
                k = found + 1;
            } else {
                dirty[link.process()] = true;
            }
        }
    }

    int count() {
        return count;
    }

    int id(int i) {
        return anonVmas[i];
    }
}
