package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import vmacheck.call.History;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// What the cheap passes would try on a history, for those who bring a test of their own.
public final class Simplifications {
    private Simplifications() {}

    /// Histories that are simpler than this one, the simplest first.
    public static Vector<History> of(History history) {
        Collector collector = new Collector(Script.of(history));
        for (Pass pass : Passes.CHEAP) {
            pass.run(collector);
        }
        collector.found.sort(SimplerThan::compare);
        return Vector.ofAll(collector.found).map(Script::history);
    }

    /// The keys of [SimplerThan] that are numbers: what is simpler is never farther.
    public static long[] distance(History history) {
        Script script = Script.of(history);
        return new long[] {
            script.size(),
            script.forks,
            SimplerThan.limitCost(script.setup) + 1,
            SimplerThan.pagesCost(script.setup) + 1,
            script.weight
        };
    }

    /// Takes nothing and notes everything.
    private static final class Collector extends Probe {
        private final List<Script> found = new ArrayList<>();

        Collector(Script start) {
            super(start);
        }

        /// As long as nobody knows better, every fork makes a process.
        @Override
        int child(int index) {
            if (get(index).kind != Kind.FORK) {
                return Vma.NONE;
            }
            int child = 1;
            for (int i = 0; i < index; i++) {
                child += get(i).kind == Kind.FORK ? 1 : 0;
            }
            return child;
        }

        @Override
        boolean isSpent() {
            return false;
        }

        @Override
        int test(Script candidate) {
            found.add(candidate);
            return 0;
        }
    }
}
