package vmacheck.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ctrl-C in the middle of a search: it is told to end, and the program waits until it has printed what it did.
final class Interruption implements AutoCloseable {
    /// Longer than a search ever takes to end, and short enough for a person to wait.
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interruption");
    private boolean happened;
    private @Nullable Runnable onInterrupt;

    private Interruption() {}

    static Interruption watch() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    synchronized boolean happened() {
        return happened;
    }

    /// What ends the work that goes on now. Runs at once if it is too late already.
    synchronized void onInterrupt(Runnable action) {
        onInterrupt = action;
        if (happened) {
            action.run();
        }
    }

    private void interrupt() {
        synchronized (this) {
            happened = true;
            if (onInterrupt != null) {
                onInterrupt.run();
            }
        }
        try {
            // In time or not: the program ends.
            var _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The work is done and all is printed.
    @Override
    public void close() {
        done.countDown();
        if (!happened()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException _) {
                // The program ends just now, and the hook has nothing to wait for.
                return;
            }
        }
    }
}
