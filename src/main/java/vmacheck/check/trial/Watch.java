package vmacheck.check.trial;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.model.Setup;
import vmacheck.rules.Rules;

/// A checker that notes what each thread is doing, so that a step that does not come back can be told by another one.
/// Only for checkers with [OwnCode]: the others always come back.
public final class Watch implements Checker {
    private static final Set<Slot> SLOTS = ConcurrentHashMap.newKeySet();

    private static final ThreadLocal<Slot> SLOT = ThreadLocal.withInitial(() -> {
        Slot slot = new Slot();
        SLOTS.add(slot);
        return slot;
    });

    private final Checker checker;
    private final String rules;

    Watch(Checker checker, String rules) {
        this.checker = checker;
        this.rules = rules;
    }

    /// A checker that is watched if there is code of a user in any of the rules.
    public static Checker over(Checker checker, Rules... rules) {
        for (Rules one : rules) {
            if (OwnCode.isIn(one, List.of())) {
                return new Watch(checker, one.name());
            }
        }
        return checker;
    }

    /// A step that has not come back.
    ///
    /// @param history ends with the call that hangs; null if it is not known, as for most candidates of a shrink
    /// @param place   where the code is, as in `mine/Rules.java:12`, or null if it is not code of a user
    public record Hang(
            String rules,
            @Nullable History history,
            @Nullable String place) {}

    @Override
    public Situation start(Setup setup) {
        Situation start = checker.start(setup);
        SLOT.get().start(setup, start);
        return start;
    }

    @Override
    public Verdict step(Situation situation, Call call) {
        Slot slot = SLOT.get();
        slot.begin(rules, situation, call);
        try {
            OwnCode.refuel();
            Verdict verdict = checker.step(situation, call);
            slot.end(verdict.after());
            return verdict;
        } finally {
            OwnCode.measure();
            slot.since = 0;
        }
    }

    /// A step that has been going on for longer than this in any thread, or none.
    public static Option<Hang> hanging(Duration limit) {
        SLOTS.removeIf(slot -> !slot.thread.isAlive());
        long now = System.nanoTime();
        return Vector.ofAll(SLOTS)
                .filter(slot -> slot.isOlder(now - limit.toNanos()))
                .map(Slot::hang)
                .headOption();
    }

    /// What one thread does. Another thread reads it only while [#since] stands still.
    private static final class Slot {
        private final Thread thread = Thread.currentThread();
        private final List<Call> calls = new ArrayList<>();
        private Setup setup = Setup.DEFAULT;
        private @Nullable Situation last;
        private String rules = "";
        /// Of the step that goes on, in nanoseconds; 0 between steps.
        private volatile long since;

        void start(Setup newSetup, Situation situation) {
            setup = newSetup;
            last = situation;
            calls.clear();
        }

        void begin(String name, Situation situation, Call call) {
            rules = name;
            if (last != situation) {
                last = null;
            }
            calls.add(call);
            since = System.nanoTime();
        }

        void end(Situation after) {
            if (last == null) {
                calls.clear();
            } else {
                last = after;
            }
        }

        boolean isOlder(long moment) {
            long begun = since;
            return begun != 0 && begun - moment < 0;
        }

        Hang hang() {
            History history = last == null ? null : new History(setup, Vector.ofAll(calls));
            return new Hang(rules, history, OwnCode.place(thread.getStackTrace()));
        }
    }
}
