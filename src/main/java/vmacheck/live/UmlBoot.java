package vmacheck.live;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;

/// One life of a User Mode Linux, in a folder of its own that is its root (see init.c).
final class UmlBoot implements AutoCloseable {
    /// Without a history done, or before the first one.
    private static final long LIMIT_SECONDS = 60;

    private static final long TICK_MILLIS = 50;
    private static final int LAST_LINES = 6;
    private static final String WORLD_READABLE_PROGRAM = "rwxr-xr-x";

    private final Path folder;
    private final Path root;
    private final Process process;

    private UmlBoot(Path folder, Process process) {
        this.folder = folder;
        root = folder.resolve("root");
        this.process = process;
    }

    static UmlBoot start(Path kernel, Path puppet, List<History> histories, Set<Aspect> aspects) throws IOException {
        if (PuppetProgram.find("setsid") == null) {
            throw new LiveException("there is no setsid on the PATH: install util-linux");
        }
        Path folder = Files.createTempDirectory("vmacheck-uml-").toRealPath();
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("proc"));
        Files.copy(puppet, root.resolve("puppet"));
        Files.setPosixFilePermissions(root.resolve("puppet"), PosixFilePermissions.fromString(WORLD_READABLE_PROGRAM));
        String text = histories.stream()
                .map(history -> HistoryPrinter.print(history) + "---\n")
                .collect(Collectors.joining());
        Files.writeString(root.resolve("histories"), text);
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                kernel.toAbsolutePath().toString(),
                "mem=128M",
                "rootfstype=hostfs",
                "rootflags=" + root,
                "rw",
                "init=/puppet",
                "uml_dir=" + folder,
                "con=null",
                "con0=null,fd:1",
                "quiet",
                "loglevel=1",
                "--",
                "--about",
                "--levels",
                Aspect.numbers(aspects)));
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new UmlBoot(folder, process);
    }

    /// Waits for its end, or ends it when nothing comes any more. Tells how it ended.
    String await() throws IOException {
        long grown = System.nanoTime();
        long size = 0;
        boolean hung = false;
        try {
            while (!hung && !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                Path observations = root.resolve("observations");
                long now = Files.exists(observations) ? Files.size(observations) : 0;
                if (now != size) {
                    size = now;
                    grown = System.nanoTime();
                }
                hung = System.nanoTime() - grown > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        String how = hung
                ? "the kernel hung, and was ended after " + LIMIT_SECONDS + " s"
                : Files.exists(root.resolve("status"))
                        ? "the puppet ended with status " + Files.readString(root.resolve("status"))
                        : "the kernel crashed";
        String said = lastWords();
        return how + (said.isEmpty() ? "" : "; it said: " + said);
    }

    private String lastWords() throws IOException {
        String log = new String(Files.readAllBytes(folder.resolve("log")), StandardCharsets.UTF_8);
        List<String> lines =
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))
                .replaceAll("[^\\x20-\\x7e]", "");
    }

    ObservationReader observations() throws IOException {
        Path observations = root.resolve("observations");
        if (!Files.exists(observations)) {
            Files.createFile(observations);
        }
        return new ObservationReader(new BufferedInputStream(Files.newInputStream(observations), 1 << 16));
    }

    /// Ends the kernel and what is left of it: processes that nobody runs any more, all in one group.
    void kill() {
        try {
            new ProcessBuilder("kill", "-9", "--", "-" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            process.destroyForcibly().waitFor();
        } catch (IOException _) {
            process.destroyForcibly();
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
