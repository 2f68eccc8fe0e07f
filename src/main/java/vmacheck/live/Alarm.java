package vmacheck.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does something once if it is not closed before the time is over.
final class Alarm implements AutoCloseable {
    private final CountDownLatch closed = new CountDownLatch(1);

    private Alarm() {}

    static Alarm after(Duration time, Runnable action) {
        Alarm alarm = new Alarm();
        Thread.ofPlatform().daemon().name("alarm").start(() -> alarm.await(time, action));
        return alarm;
    }

    private void await(Duration time, Runnable action) {
        try {
            if (!closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                action.run();
            }
        } catch (InterruptedException _) {
            // Nobody waits for it any more.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
