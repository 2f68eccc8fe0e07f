package vmacheck.cli;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells a person how far a search is: on a terminal one line that is written over, elsewhere a line every ten seconds.
final class Progress {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final String ERASE_LINE = "\r\033[K";

    private final Screen screen;
    private final String name;
    private final @Nullable Duration time;
    private final long histories;
    private Duration next;
    private boolean dirty;

    /// @param name      of what is searched
    /// @param time      how long the search may take, or null if `histories` limits it
    /// @param histories how many histories it runs, or 0 if `time` limits it
    Progress(Screen screen, String name, @Nullable Duration time, long histories) {
        this.screen = screen;
        this.name = name;
        this.time = time;
        this.histories = histories;
        next = interval();
    }

    /// Shows where the search stands, if it is time to.
    void show(Duration elapsed, long steps, long doneHistories, int violations) {
        if (elapsed.compareTo(next) < 0) {
            return;
        }
        next = elapsed.plus(interval());
        String line = line(elapsed, steps, doneHistories, violations);
        if (screen.terminal()) {
            screen.err().print(ERASE_LINE + line);
            screen.err().flush();
            dirty = true;
        } else {
            screen.err().println(line);
        }
    }

    /// Leaves the terminal as it was.
    void end() {
        if (dirty) {
            screen.err().print(ERASE_LINE);
            screen.err().flush();
            dirty = false;
        }
    }

    /// Says something that stays.
    void say(String line) {
        end();
        screen.err().println(line);
        screen.err().flush();
    }

    String line(Duration elapsed, long steps, long doneHistories, int violations) {
        long perSecond = steps * 1000 / Math.max(1, elapsed.toMillis());
        String left = time != null
                ? TimeText.clock(time.minus(elapsed)) + " left"
                : String.format(Locale.ROOT, "%,d histories left", Math.max(0, histories - doneHistories));
        return String.format(
                Locale.ROOT,
                "%s: %,d steps, %,d steps/s, %,d histories, %s, %s",
                name,
                steps,
                perSecond,
                doneHistories,
                left,
                violations == 1 ? "1 violation" : violations + " violations");
    }

    private Duration interval() {
        return screen.terminal() ? ON_TERMINAL : ELSEWHERE;
    }
}
