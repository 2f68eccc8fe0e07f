package vmacheck.check.trial;

import org.jspecify.annotations.Nullable;
import vmacheck.invariant.Invariant;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;

/// Code of a user, in rules or in an invariant: unlike all other code it may throw, and it may never come back.
///
/// So that a loop without end is as good a finding as an exception (the same wherever and whenever it runs, to be
/// shrunk and replayed), its loops and methods are made to call [#burn] when they are loaded: each step has fuel for
/// far more jumps than a decision needs, and what burns it all ends in an exception. Code that waits for something
/// burns nothing; that is what [Watch] is for.
public final class OwnCode {
    /// The class loader of such code is named by this and the path of its file, which stack traces tell.
    public static final String LOADER_PREFIX = "own:";

    /// The name under which its failures are reported, in the place of an invariant.
    public static final String DEFECT = "own-code-fails";

    private static final int TANK = 200_000;
    /// About as many turns as take the time of a step.
    private static final int TURNS_OF_A_STEP = 1000;

    private static final ThreadLocal<Fuel> FUEL = ThreadLocal.withInitial(Fuel::new);

    private OwnCode() {}

    private static final class Fuel {
        private int left = TANK;
        private long burnt;
    }

    /// It went round in circles. An error, as code that catches every exception must not catch this one.
    private static final class LoopError extends Error {
        private static final long serialVersionUID = 1;

        LoopError() {
            super("loops: more than " + TANK + " turns in one step");
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /// Is called by loaded code at each jump backward and at the start of each method.
    public static void burn() {
        if (--FUEL.get().left < 0) {
            throw new LoopError();
        }
    }

    /// Whether it is thrown by [#burn].
    public static boolean isLoop(Throwable e) {
        return e instanceof LoopError;
    }

    /// Before a step.
    static void refuel() {
        FUEL.get().left = TANK;
    }

    /// After a step.
    static void measure() {
        Fuel fuel = FUEL.get();
        fuel.burnt += TANK - Math.max(0, fuel.left);
        fuel.left = TANK;
    }

    /// How much this thread burnt in all steps since it was asked last, in steps of the model: what counts steps
    /// instead
    /// of time must count long decisions too.
    public static long steps() {
        Fuel fuel = FUEL.get();
        long steps = fuel.burnt / TURNS_OF_A_STEP;
        fuel.burnt -= steps * TURNS_OF_A_STEP;
        return steps;
    }

    /// Where in a user's file something was thrown, as in `mine/Rules.java:12`, or null if no such code was running.
    public static @Nullable String place(StackTraceElement[] trace) {
        String place = null;
        for (StackTraceElement frame : trace) {
            String loader = frame.getClassLoaderName();
            if (loader != null && loader.startsWith(LOADER_PREFIX)) {
                String file = loader.substring(LOADER_PREFIX.length());
                // Where a method begins there is no line yet, but there is one where it was called.
                if (frame.getLineNumber() > 0) {
                    return file + ":" + frame.getLineNumber();
                }
                place = file;
            }
        }
        return place;
    }

    static boolean isIn(Rules rules, Iterable<Invariant> invariants) {
        for (Invariant invariant : invariants) {
            if (isOwn(invariant)) {
                return true;
            }
        }
        // Own rules go by the path of their file; where a condition of theirs is dropped, built-in code wraps theirs.
        return rules.name().contains(".java") || Decisions.ALL.exists(decision -> isOwn(rules.get(decision)));
    }

    private static boolean isOwn(Object object) {
        ClassLoader loader = object.getClass().getClassLoader();
        return loader != null && loader.getName() != null && loader.getName().startsWith(LOADER_PREFIX);
    }
}
