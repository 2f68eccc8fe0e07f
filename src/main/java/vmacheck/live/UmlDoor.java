package vmacheck.live;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import vmacheck.call.History;

/// A User Mode Linux: a kernel built with `ARCH=um`, which is a program, with the puppet as its init. Several of them
/// share a batch, one for each processor.
public final class UmlDoor implements Door {
    /// Debian's kernel of package user-mode-linux.
    public static final String DEBIAN = "linux.uml";

    private static final int MOST_LANES = 4;
    private static final int BATCH_OF_ONE = 64;
    private static final long CANDIDATES = 10_000;

    /// What such a kernel does in its own way, which its rules know ([vmacheck.rules.linux.UserMode]).
    private static final Set<Ability> IN_THE_RULES = Set.of(Ability.HUGE_PAGES, Ability.PLAIN_HEAP, Ability.TOP_DOWN);

    private final List<UmlLane> lanes = new ArrayList<>();
    private final ExecutorService threads;
    private final LiveKernel kernel;

    /// @param program the kernel
    /// @throws LiveException if it does not boot, or no puppet can run in it
    public UmlDoor(Path program) {
        if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
            throw new LiveException(program + " is no program; --live takes host, uml, or the path of a User Mode Linux"
                    + " (a kernel built with make ARCH=um)");
        }
        Path puppet = PuppetProgram.UML.path();
        int wanted = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_LANES);
        for (int i = 0; i < wanted; i++) {
            lanes.add(new UmlLane(program, puppet));
        }
        threads = Executors.newFixedThreadPool(wanted, task -> {
            Thread thread = new Thread(task, "User Mode Linux");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Observed> survey = new ArrayList<>();
            ObservationReader.Line.About about = lanes.getFirst().about(Survey.HISTORY, Survey.ASPECTS, survey);
            Set<Ability> abilities = Survey.abilities(survey.getFirst(), about);
            abilities.addAll(Set.of(Ability.LOCK, Ability.LOCK_ALL, Ability.LIMIT));
            abilities.addAll(IN_THE_RULES);
            kernel = new LiveKernel(
                    LiveKernel.USER_MODE + " " + about.release(),
                    about.release(),
                    about.frames(),
                    "no file of /proc shows them, and User Mode Linux has no BPF that does",
                    new Doable(abilities));
        } catch (LiveException e) {
            close();
            throw e;
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
        return BATCH_OF_ONE * lanes.size();
    }

    @Override
    public long candidates() {
        return CANDIDATES;
    }

    @Override
    public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
        List<Future<List<Observed>>> answers = new ArrayList<>();
        int each = Math.ceilDiv(histories.size(), lanes.size());
        for (int from = 0; from < histories.size(); from += each) {
            UmlLane lane = lanes.get(answers.size());
            List<History> share = histories.subList(from, Math.min(from + each, histories.size()));
            answers.add(threads.submit(() -> lane.observe(share, aspects)));
        }
        answers.forEach(answer -> Desk.await(answer).forEach(sink));
    }

    @Override
    public void interrupt() {
        lanes.forEach(UmlLane::interrupt);
    }

    @Override
    public void close() {
        lanes.forEach(UmlLane::close);
        threads.shutdown();
    }
}
