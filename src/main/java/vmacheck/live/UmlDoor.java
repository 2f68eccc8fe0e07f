package vmacheck.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;

/// A User Mode Linux: a kernel built with `ARCH=um`, which is a program. Each batch boots it once, with the puppet as
/// its
/// init; histories and observations are files.
public final class UmlDoor implements Door {
    /// Debian's kernel of package user-mode-linux.
    public static final String DEBIAN = "linux.uml";

    private static final int BATCH = 250;
    /// Boots take time.
    private static final long CANDIDATES = 2_500;

    private final Path program;
    private final Path puppet;
    private final LiveKernel kernel;
    private volatile @Nullable UmlBoot running;
    private volatile boolean interrupted;

    /// @param program the kernel
    /// @throws LiveException if it does not boot, or no puppet can run in it
    public UmlDoor(Path program) {
        this.program = program;
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw new LiveException(program + " is no program; --live takes host, uml, or the path of a User Mode Linux"
                    + " (a kernel built with make ARCH=um)");
        }
        puppet = PuppetProgram.UML.path();
        try (UmlBoot boot = UmlBoot.start(program, puppet, List.of(Survey.HISTORY), Survey.ASPECTS)) {
            String end = boot.await();
            try (ObservationReader out = boot.observations()) {
                if (!(out.nextOrNull() instanceof ObservationReader.Line.About about)) {
                    throw new LiveException(program + " does not boot with the puppet as its init: " + end);
                }
                Observed survey = out.history(Survey.HISTORY.size());
                Set<Ability> abilities =
                        Survey.abilities(survey == null ? new Observed(List.of(), end) : survey, about);
                abilities.addAll(Set.of(Ability.LOCK, Ability.LOCK_ALL, Ability.LIMIT));
                kernel = new LiveKernel(
                        LiveKernel.USER_MODE + " " + about.release(),
                        about.release(),
                        about.frames(),
                        new Doable(abilities));
            }
        } catch (IOException e) {
            throw new LiveException("cannot boot " + program + ": " + e.getMessage());
        }
    }

    /// The kernel that Debian packages.
    ///
    /// @throws LiveException if it is not installed
    public static UmlDoor installed() {
        Path program = PuppetProgram.find(DEBIAN);
        if (program == null) {
            throw new LiveException("there is no " + DEBIAN + " on the PATH: install Debian's package user-mode-linux"
                    + " (apt-get install user-mode-linux), or give the path of a User Mode Linux");
        }
        return new UmlDoor(program);
    }

    @Override
    public LiveKernel kernel() {
        return kernel;
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public long candidates() {
        return CANDIDATES;
    }

    @Override
    public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
        List<History> left = new ArrayList<>(histories);
        while (!left.isEmpty() && !interrupted) {
            left = left.subList(boot(left, aspects, sink), left.size());
        }
        left.forEach(_ -> sink.accept(new Observed(List.of(), "interrupted")));
    }

    /// Boots once and hands over what came of it.
    ///
    /// @return how many histories that were, the one that ended the kernel included
    private int boot(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
        try (UmlBoot boot = UmlBoot.start(program, puppet, histories, aspects)) {
            running = boot;
            String end = boot.await();
            try (ObservationReader out = boot.observations()) {
                if (!(out.nextOrNull() instanceof ObservationReader.Line.About) && !interrupted) {
                    throw new LiveException(program + " does not boot any more: " + end);
                }
                int done = 0;
                Observed observed = out.history(histories.get(done).size());
                while (observed != null) {
                    sink.accept(observed);
                    done++;
                    observed = done == histories.size()
                            ? null
                            : out.history(histories.get(done).size());
                }
                if (done < histories.size()) {
                    sink.accept(new Observed(List.of(), end));
                    done++;
                }
                return done;
            }
        } catch (IOException e) {
            throw new LiveException("cannot boot " + program + ": " + e.getMessage());
        } finally {
            running = null;
        }
    }

    @Override
    public void interrupt() {
        interrupted = true;
        close();
    }

    @Override
    public void close() {
        UmlBoot boot = running;
        if (boot != null) {
            boot.kill();
        }
    }
}
