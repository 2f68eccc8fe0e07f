package vmacheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads of a search. The one that waits for them reports progress meanwhile.
public final class Crew implements AutoCloseable {
    private static final long TICK_MILLIS = 100;

    /// Is called while tasks run.
    public interface Ticker {
        void tick(boolean shrinking);
    }

    private final ExecutorService threads;
    private final Ticker ticker;

    public Crew(int workers, Ticker ticker) {
        threads = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "search");
            thread.setDaemon(true);
            return thread;
        });
        this.ticker = ticker;
    }

    /// Runs all tasks and returns when they are done.
    public void run(List<Runnable> tasks, boolean shrinking) {
        List<Future<?>> futures = new ArrayList<>();
        for (Runnable task : tasks) {
            futures.add(threads.submit(task));
        }
        for (Future<?> future : futures) {
            await(future, shrinking);
        }
    }

    private void await(Future<?> future, boolean shrinking) {
        boolean restore = false;
        while (true) {
            try {
                future.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
                break;
            } catch (TimeoutException e) {
                ticker.tick(shrinking);
            } catch (InterruptedException e) {
                // What was begun is finished: only Search.interrupt ends it early.
                restore = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker of the search failed", e.getCause());
            }
        }
        if (restore) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
