package vmacheck.cli;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vmacheck.check.SearchListener;

/// Tells a person how far a search is: on a terminal one line that is written over, elsewhere a line every ten seconds.
final class Progress {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final String ERASE_LINE = "\r\033[K";

    private final Screen screen;
    private final String name;
    private final String found;
    private final @Nullable Duration time;
    private final long histories;
    private Duration next;
    private boolean dirty;

    /// @param name      of what is searched
    /// @param found     what is searched for: `violation`
    /// @param time      how long the search may take, or null if `histories` limits it
    /// @param histories how many histories it runs at most
    Progress(Screen screen, String name, String found, @Nullable Duration time, long histories) {
        this.screen = screen;
        this.name = name;
        this.found = found;
        this.time = time;
        this.histories = histories;
        next = interval();
    }

    /// Shows where the search stands, if it is time to.
    void show(Duration elapsed, SearchListener.Progress now) {
        if (elapsed.compareTo(next) < 0) {
            return;
        }
        next = elapsed.plus(interval());
        if (screen.terminal()) {
            screen.err().print(ERASE_LINE + line(elapsed, now));
            screen.err().flush();
            dirty = true;
        } else {
            screen.err().println(line(elapsed, now));
        }
    }

    /// Says something that stays.
    void say(String line) {
        screen.err().println((dirty ? ERASE_LINE : "") + line);
        screen.err().flush();
        dirty = false;
    }

    /// What stays when the search is over.
    String summary(Duration elapsed, long steps, long doneHistories) {
        return String.format(
                Locale.ROOT, "%s: %s, %.1f s", name, work(elapsed, steps, doneHistories), elapsed.toMillis() / 1000.0);
    }

    private String line(Duration elapsed, SearchListener.Progress now) {
        String left = time != null
                ? TimeText.clock(time.minus(elapsed)) + " left"
                : String.format(Locale.ROOT, "%,d histories left", Math.max(0, histories - now.histories()));
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %,d %s",
                name,
                work(elapsed, now.steps(), now.histories()),
                now.shrinking() ? "shrinking" : left,
                now.violations(),
                now.violations() == 1 ? found : found + "s");
    }

    private static String work(Duration elapsed, long steps, long doneHistories) {
        return String.format(
                Locale.ROOT,
                "%,d steps, %,d steps/s, %,d histories",
                steps,
                steps * 1000 / Math.max(1, elapsed.toMillis()),
                doneHistories);
    }

    private Duration interval() {
        return screen.terminal() ? ON_TERMINAL : ELSEWHERE;
    }
}
