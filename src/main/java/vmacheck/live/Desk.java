package vmacheck.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vmacheck.call.History;

/// Asks a door, in a thread of its own, so that kernel and model work at the same time.
final class Desk implements AutoCloseable {
    private final Door door;
    private final Set<Aspect> aspects;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread asking = new Thread(task, "live kernel");
        asking.setDaemon(true);
        return asking;
    });

    Desk(Door door, Set<Aspect> aspects) {
        this.door = door;
        this.aspects = aspects;
    }

    LiveKernel kernel() {
        return door.kernel();
    }

    int batch() {
        return door.batch();
    }

    long candidates() {
        return door.candidates();
    }

    /// Asks what comes of some histories; the questions are answered in their order.
    Future<List<Observed>> submit(List<History> histories) {
        Callable<List<Observed>> question = () -> {
            List<Observed> answers = new ArrayList<>(histories.size());
            door.observe(histories, aspects, answers::add);
            return answers;
        };
        return thread.submit(question);
    }

    List<Observed> ask(List<History> histories) {
        return await(submit(histories));
    }

    static List<Observed> await(Future<List<Observed>> answer) {
        boolean restore = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    // What was begun is finished: only Conform.interrupt ends it early.
                    restore = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException("asking the kernel failed", e.getCause());
                }
            }
        } finally {
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
