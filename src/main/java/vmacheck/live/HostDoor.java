package vmacheck.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.model.Setup;

/// The Linux that this program runs on. One puppet serves many batches; a new one takes the place of one that died.
public final class HostDoor implements Door {
    private static final int BATCH = 64;
    private static final long CANDIDATES = 20_000;
    /// Of one history. The puppet itself gives up a call much sooner.
    private static final long LIMIT_SECONDS = 30;

    private static final long PAGE_BYTES = 4096;

    private final Path program;
    private final LiveKernel kernel;
    private @Nullable BpfProgram bpf;
    private @Nullable Puppet puppet;
    private Set<Aspect> observing = Set.of();

    /// @throws LiveException if no puppet can run here
    public HostDoor() {
        String system = System.getProperty("os.name", "");
        String machine = System.getProperty("os.arch", "");
        if (!system.equals("Linux") || !machine.equals("amd64")) {
            throw new LiveException("this host is no Linux on x86-64 but " + system + " on " + machine
                    + "; without a live kernel there is --against with a recording");
        }
        program = PuppetProgram.NATIVE.path();
        try (Puppet first = Puppet.start(command(Survey.ASPECTS), LIMIT_SECONDS)) {
            ObservationReader.Line.About about = first.about();
            List<Observed> survey = new ArrayList<>();
            first.observe(List.of(Survey.HISTORY), survey::add);
            Set<Ability> abilities = Survey.abilities(survey.getFirst(), about);
            abilities.addAll(privileges(about.frames()));
            kernel = new LiveKernel(
                    "Linux " + about.release() + " (this host)",
                    about.release(),
                    about.frames(),
                    about.frames() ? whyUnseen() : "only root can read them",
                    new Doable(abilities));
        }
    }

    /// Why the hidden fields cannot be observed, found out by trying, or null.
    private @Nullable String whyUnseen() {
        try {
            bpf = BpfProgram.compiled();
            try (Puppet second = Puppet.start(command(EnumSet.of(Aspect.RESULTS, Aspect.HIDDEN)), LIMIT_SECONDS)) {
                second.about();
            }
            return null;
        } catch (LiveException e) {
            bpf = null;
            return e.getMessage();
        }
    }

    /// What this user may do.
    private static Set<Ability> privileges(boolean root) {
        Set<Ability> privileges = EnumSet.noneOf(Ability.class);
        if (root) {
            privileges.add(Ability.LOCK_ALL);
        }
        if (root || lockable() >= 2L * Setup.DEFAULT_PAGES * PAGE_BYTES) {
            privileges.add(Ability.LOCK);
        }
        if (Files.isWritable(Path.of("/proc/sys/vm/max_map_count"))) {
            privileges.add(Ability.LIMIT);
        }
        return privileges;
    }

    /// RLIMIT_MEMLOCK in bytes.
    private static long lockable() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max locked memory")) {
                    String soft =
                            line.substring("Max locked memory".length()).strip().split(" ", 2)[0];
                    return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
                }
            }
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
        return 0;
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
        while (!left.isEmpty()) {
            int done = puppet(aspects).observe(left, sink);
            left = left.subList(done, left.size());
            if (!left.isEmpty()) {
                end();
            }
        }
    }

    private Puppet puppet(Set<Aspect> aspects) {
        Puppet running = puppet;
        if (running == null || !running.isAlive() || !aspects.equals(observing)) {
            end();
            running = Puppet.start(command(aspects), LIMIT_SECONDS);
            running.about();
            puppet = running;
            observing = Set.copyOf(aspects);
        }
        return running;
    }

    private List<String> command(Set<Aspect> aspects) {
        List<String> command = List.of(program.toString(), "--about", "--session", "--levels", Aspect.numbers(aspects));
        return bpf != null && aspects.contains(Aspect.HIDDEN) ? bpf.lentTo(command) : command;
    }

    private void end() {
        if (puppet != null) {
            puppet.close();
            puppet = null;
        }
    }

    @Override
    public void close() {
        end();
    }
}
