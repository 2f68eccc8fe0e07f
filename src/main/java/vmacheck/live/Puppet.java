package vmacheck.live;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;
import vmacheck.live.ObservationReader.Line;

/// A running puppet with pipes to it. When it does not answer any more it is ended.
final class Puppet implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_COMPLAINTS = 2000;
    private static final long TICK_MILLIS = 200;
    private static final long PATIENCE_SECONDS = 3;

    private final Process process;
    private final long limitNanos;
    private final OutputStream in;
    private final ObservationReader out;
    private final StringBuffer complaints = new StringBuffer();
    private volatile long answered = System.nanoTime();
    private volatile boolean asked;
    private volatile boolean hung;

    /// @param limitSeconds how long one history may take
    private Puppet(Process process, long limitSeconds) {
        this.process = process;
        limitNanos = TimeUnit.SECONDS.toNanos(limitSeconds);
        in = new BufferedOutputStream(process.getOutputStream(), BUFFER);
        out = new ObservationReader(process.getInputStream());
        daemon("puppet complaints", this::collectComplaints);
        daemon("puppet watch", this::watch);
    }

    static Puppet start(List<String> command, long limitSeconds) {
        try {
            return new Puppet(new ProcessBuilder(command).start(), limitSeconds);
        } catch (IOException e) {
            throw new LiveException("cannot start the puppet: " + e.getMessage());
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /// What it says about the kernel, before anything else.
    Line.About about() {
        Line line = out.nextOrNull();
        if (line instanceof Line.About about) {
            return about;
        }
        throw new LiveException("the puppet does not run on this kernel: " + end());
    }

    /// Runs histories until all are done or one of them is its end.
    ///
    /// @return how many were done, the one that ended it included
    int observe(List<History> histories, Consumer<Observed> sink) {
        answered = System.nanoTime();
        asked = true;
        daemon("puppet input", () -> write(histories));
        int done = 0;
        boolean alive = true;
        while (alive && done < histories.size()) {
            Observed observed = out.history(histories.get(done).size());
            alive = observed != null;
            sink.accept(observed == null ? new Observed(List.of(), end()) : observed);
            answered = System.nanoTime();
            done++;
        }
        asked = false;
        return done;
    }

    private void write(List<History> histories) {
        try {
            for (History history : histories) {
                in.write((HistoryPrinter.print(history) + "---\n").getBytes(StandardCharsets.UTF_8));
            }
            in.flush();
        } catch (IOException _) {
            // It is gone, which its reader sees too.
            return;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Ends it and tells how it went.
    private String end() {
        close();
        String how = hung
                ? "it hung, and was ended after " + TimeUnit.NANOSECONDS.toSeconds(limitNanos) + " s"
                : status(process.exitValue());
        String said = complaints.toString().strip().replaceAll("\\s+", " ");
        String problem = out.problem();
        return "the puppet is gone: " + how
                + (said.isEmpty() ? "" : "; it said: " + said)
                + (problem == null
                        ? ""
                        : "; its output: " + problem.lines().findFirst().orElse(""));
    }

    private static String status(int status) {
        return status > 128 ? "signal " + (status - 128) : "exit status " + status;
    }

    private void collectComplaints() {
        try (InputStream err = process.getErrorStream()) {
            byte[] buffer = new byte[BUFFER];
            for (int n = err.read(buffer); n >= 0; n = err.read(buffer)) {
                if (complaints.length() < MOST_COMPLAINTS) {
                    complaints.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException _) {
            // It is gone.
            return;
        }
    }

    private void watch() {
        try {
            while (!process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (asked && System.nanoTime() - answered > limitNanos) {
                    hung = true;
                    stop();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// First so that it can put back what it changed, then for good.
    private void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // It has no input any more either way.
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stop();
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
