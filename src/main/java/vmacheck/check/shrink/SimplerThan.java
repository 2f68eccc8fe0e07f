package vmacheck.check.shrink;

import java.util.Comparator;
import vmacheck.call.History;
import vmacheck.model.Setup;

/// The one order in which histories are *simpler*: what shrinking makes as small as it can. It is total, so there is
/// one simplest history of each bug, and the normal form that shrinking looks for is that one.
///
/// The first difference decides:
///
/// 1. fewer calls
/// 2. fewer forks, so fewer processes
/// 3. a setup nearer to the default: an unusual limit counts before an unusual arena, a great arena before a
///    small one
/// 4. less weight, which is the sum over all calls of
///    - the rank of the kind of call (see [vmacheck.check.trial.Kind]): write, read, mmap, fork, munmap, ...
///    - lengths: pages beyond the first one; an empty range counts like one of two pages
///    - flags: bits that differ from the usual (`rw`, `private|anonymous`, no mremap flags), flags that change more
///      than a place twice; the number of the file, the rank of the advice
///    - the number of the process
///    - page numbers and offsets
///
///    where each line counts before the next one
/// 5. the first call that differs: by kind, then arguments from left to right, then process
///
/// A sum as the fourth key has two advantages over comparing call by call: a change of one call makes the history
/// simpler or not whatever the others are, and two changes can be tried together if they save something in total.
public final class SimplerThan implements Comparator<History> {
    public static final SimplerThan ORDER = new SimplerThan();

    private SimplerThan() {}

    @Override
    public int compare(History a, History b) {
        return compare(Script.of(a), Script.of(b));
    }

    static boolean isSimpler(Script a, Script b) {
        return compare(a, b) < 0;
    }

    static int compare(Script a, Script b) {
        if (a.size() != b.size()) {
            return Integer.compare(a.size(), b.size());
        }
        if (a.forks != b.forks) {
            return Integer.compare(a.forks, b.forks);
        }
        int bySetup = compare(a.setup, b.setup);
        if (bySetup != 0) {
            return bySetup;
        }
        if (a.weight != b.weight) {
            return Long.compare(a.weight, b.weight);
        }
        for (int i = 0; i < a.size(); i++) {
            int byCall = a.get(i).compareTo(b.get(i));
            if (byCall != 0) {
                return byCall;
            }
        }
        return 0;
    }

    private static int compare(Setup a, Setup b) {
        int byLimit = Long.compare(limitCost(a), limitCost(b));
        if (byLimit != 0) {
            return byLimit;
        }
        int byMemlock = Integer.compare(cost(a.memlock()), cost(b.memlock()));
        if (byMemlock != 0) {
            return byMemlock;
        }
        int byCommit = Integer.compare(cost(a.commitLimit()), cost(b.commitLimit()));
        return byCommit != 0 ? byCommit : Integer.compare(pagesCost(a), pagesCost(b));
    }

    static long limitCost(Setup setup) {
        return setup.maxMapCount() == Setup.DEFAULT_MAX_MAP_COUNT ? -1 : setup.maxMapCount();
    }

    private static int cost(int limit) {
        return limit == Setup.UNLIMITED ? -1 : limit;
    }

    static int pagesCost(Setup setup) {
        return setup.pages() == Setup.DEFAULT_PAGES ? -1 : setup.pages();
    }
}
