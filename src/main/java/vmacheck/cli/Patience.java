package vmacheck.cli;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.call.Transcript;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Watch;
import vmacheck.counterexample.Corpus;
import vmacheck.counterexample.Counterexample;

/// Waits for a command that may run a user's code, and gives up when one step of it does not come back. What hangs
/// cannot be ended, but the program can: what was found so far is saved already.
final class Patience {
    private static final long LOOK_MILLIS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private Patience() {}

    /// Runs the command on a thread of its own.
    ///
    /// @param corpus where the history that hangs is saved, or null if it need not be
    /// @return the command's exit status
    static int run(Callable<Integer> command, @Nullable Corpus corpus) throws Exception {
        return run(command, corpus, LIMIT);
    }

    /// @param limit how long a step may take
    static int run(Callable<Integer> command, @Nullable Corpus corpus, Duration limit) throws Exception {
        FutureTask<Integer> task = new FutureTask<>(command);
        Thread thread = new Thread(task, "command");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                Option<Watch.Hang> hang = Watch.hanging(limit);
                if (hang.isDefined()) {
                    throw new Usage(message(hang.get(), corpus, limit));
                }
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }

    private static String message(Watch.Hang hang, @Nullable Corpus corpus, Duration limit) {
        String place = hang.place() == null ? hang.rules() : hang.place();
        return place + ": does not come back for " + limit.toMillis() / 1000.0 + " s, in " + where(hang, corpus)
                + "; expected code that only computes";
    }

    private static String where(Watch.Hang hang, @Nullable Corpus corpus) {
        History history = hang.history();
        if (history == null) {
            return "a simpler form of what is saved already";
        }
        Call last = history.calls().last();
        String call = "call " + history.size() + ", " + CallText.print(last);
        if (corpus == null) {
            return call;
        }
        Vector<Option<Result>> unknown = history.calls().map(_ -> Option.none());
        Path file = corpus.save(new Counterexample(
                hang.rules(), OwnCode.DEFECT, null, Vector.empty(), new Transcript(history, unknown)));
        return call + " of " + file;
    }
}
