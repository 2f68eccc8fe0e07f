package vmacheck.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vmacheck.check.trial.OwnCode;

/// Runs what a user's class does when it is initialised: it may throw, and it may never come back.
final class OwnStart {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private OwnStart() {}

    /// @param file as the user knows it
    /// @param what is computed: the name of a field, say
    static @Nullable Object run(String file, String what, Callable<@Nullable Object> task) {
        FutureTask<@Nullable Object> future = new FutureTask<>(task);
        Thread thread = new Thread(future, "own code");
        // A thread that never ends must not keep the program.
        thread.setDaemon(true);
        thread.start();
        try {
            return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failed(
                    file, what, thread.getStackTrace(), "it has been running for " + LIMIT.toSeconds() + " s already");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Usage(file + ": " + what + " cannot be computed: interrupted; expected to be let run");
        } catch (ExecutionException e) {
            Throwable cause = cause(e);
            throw failed(file, what, cause.getStackTrace(), cause.toString().replaceAll("\\s+", " "));
        }
    }

    private static Usage failed(String file, String what, StackTraceElement[] trace, String why) {
        String place = OwnCode.place(trace);
        return new Usage((place == null ? file : place) + ": " + what + " cannot be computed: " + why
                + "; expected a value without such trouble");
    }

    /// What the user's code threw, out of the wrappers that Java put around it.
    private static Throwable cause(ExecutionException e) {
        Throwable cause = e;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException
                        || cause instanceof ExceptionInInitializerError
                        || cause instanceof java.lang.reflect.InvocationTargetException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
