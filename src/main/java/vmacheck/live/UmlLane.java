package vmacheck.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;

/// A User Mode Linux that stays booted from batch to batch, and is booted anew when it has ended.
final class UmlLane implements AutoCloseable {
    private final Path program;
    private final Path puppet;
    private @Nullable UmlBoot boot;
    private Set<Aspect> observing = Set.of();
    private boolean interrupted;

    UmlLane(Path program, Path puppet) {
        this.program = program;
        this.puppet = puppet;
    }

    /// What comes of each history; of one that ends the kernel, how it ended, and then the rest in another.
    ///
    /// @throws LiveException if the kernel does not boot
    List<Observed> observe(List<History> histories, Set<Aspect> aspects) {
        List<Observed> observed = new ArrayList<>(histories.size());
        try {
            while (observed.size() < histories.size() && !isInterrupted()) {
                ask(histories.subList(observed.size(), histories.size()), aspects, observed);
            }
        } catch (IOException e) {
            throw new LiveException("cannot boot " + program + ": " + e.getMessage());
        }
        while (observed.size() < histories.size()) {
            observed.add(new Observed(List.of(), "interrupted"));
        }
        return observed;
    }

    private void ask(List<History> histories, Set<Aspect> aspects, List<Observed> observed) throws IOException {
        boolean fresh = !isRunning(aspects);
        UmlBoot.Answer answer = running(aspects).ask(histories);
        if (!answer.taken() && !fresh) {
            // It had ended by itself meanwhile, as it does when nobody asks.
            return;
        }
        try (ObservationReader out = answer.observations()) {
            if (!(out.nextOrNull() instanceof ObservationReader.Line.About) && !isInterrupted()) {
                throw notBooting(answer);
            }
            int done = 0;
            Observed one = out.history(histories.getFirst().size());
            while (one != null) {
                observed.add(one);
                done++;
                one = done == histories.size()
                        ? null
                        : out.history(histories.get(done).size());
            }
            if (done < histories.size()) {
                observed.add(new Observed(List.of(), answer.end()));
                close();
            }
        }
    }

    /// What a kernel says of itself before the first history.
    ///
    /// @throws LiveException if it does not boot
    ObservationReader.Line.About about(History survey, Set<Aspect> aspects, List<Observed> observed) {
        try {
            UmlBoot.Answer answer = running(aspects).ask(List.of(survey));
            try (ObservationReader out = answer.observations()) {
                if (!(out.nextOrNull() instanceof ObservationReader.Line.About about)) {
                    throw notBooting(answer);
                }
                Observed one = out.history(survey.size());
                observed.add(one == null ? new Observed(List.of(), answer.end()) : one);
                return about;
            }
        } catch (IOException e) {
            throw new LiveException("cannot boot " + program + ": " + e.getMessage());
        }
    }

    private LiveException notBooting(UmlBoot.Answer answer) {
        return new LiveException(program + " does not boot with the puppet as its init: " + answer.end()
                + "; expected a User Mode Linux (a kernel built with make ARCH=um)");
    }

    private synchronized boolean isRunning(Set<Aspect> aspects) {
        return boot != null && boot.isAlive() && aspects.equals(observing);
    }

    private synchronized boolean isInterrupted() {
        return interrupted;
    }

    private synchronized UmlBoot running(Set<Aspect> aspects) throws IOException {
        UmlBoot running = boot;
        if (running == null || !isRunning(aspects)) {
            close();
            running = UmlBoot.start(program, puppet, aspects);
            boot = running;
            observing = Set.copyOf(aspects);
        }
        return running;
    }

    /// Ends the kernel at once, and lets no other boot. For any thread.
    synchronized void interrupt() {
        interrupted = true;
        if (boot != null) {
            boot.kill();
        }
    }

    @Override
    public synchronized void close() {
        if (boot != null) {
            boot.close();
            boot = null;
        }
    }
}
