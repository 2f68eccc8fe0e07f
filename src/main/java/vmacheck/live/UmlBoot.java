package vmacheck.live;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import vmacheck.call.History;
import vmacheck.call.HistoryPrinter;

/// One life of a User Mode Linux, in a folder of its own that is its root (see init.c). It takes batches until it ends.
final class UmlBoot implements AutoCloseable {
    /// Without a history done, or before the first one.
    private static final long LIMIT_SECONDS = 60;

    private static final long TICK_MILLIS = 2;
    private static final int LAST_LINES = 6;
    private static final Pattern REASON = Pattern.compile("Kernel panic|kernel BUG at|BUG: |Oops: ");
    private static final String WORLD_READABLE_PROGRAM = "rwxr-xr-x";

    /// Becomes the kernel, and leaves behind in its group a process that ends this group when nobody holds the other
    /// end of its input any more: when this program was killed.
    static final List<String> TOGETHER = List.of(
            "setsid", "sh", "-c", "exec 3<&0; { read -r _ <&3; kill -9 -$$; } & exec \"$@\" </dev/null 3<&-", "sh");

    private final Path folder;
    private final Path root;
    private final Process process;
    private int batches;

    private UmlBoot(Path folder, Process process) {
        this.folder = folder;
        root = folder.resolve("root");
        this.process = process;
    }

    static UmlBoot start(Path kernel, Path puppet, Set<Aspect> aspects) throws IOException {
        if (PuppetProgram.find("setsid") == null) {
            throw new LiveException("there is no setsid on the PATH: install util-linux");
        }
        Path folder = ScratchFolder.create(ScratchFolder.system(), "vmacheck-uml-");
        Path root = folder.resolve("root");
        Files.createDirectories(root.resolve("proc"));
        Files.copy(puppet, root.resolve("puppet"));
        Files.setPosixFilePermissions(root.resolve("puppet"), PosixFilePermissions.fromString(WORLD_READABLE_PROGRAM));
        List<String> command = new ArrayList<>(TOGETHER);
        command.addAll(List.of(
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
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new UmlBoot(folder, process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// One batch of histories, asked of this kernel.
    ///
    /// @param observations what came of them, with what the puppet says of the kernel before it
    /// @param end          how it ended
    /// @param taken        whether the kernel began with it; else it had ended before
    record Answer(ObservationReader observations, String end, boolean taken) {}

    /// Runs a batch and waits for its end, or ends the kernel when nothing comes any more.
    Answer ask(List<History> histories) throws IOException {
        int number = batches++;
        String text = histories.stream()
                .map(history -> HistoryPrinter.print(history) + "---\n")
                .collect(Collectors.joining());
        Path written = Files.writeString(folder.resolve("histories"), text);
        Path asked = Files.move(written, root.resolve("histories." + number), StandardCopyOption.ATOMIC_MOVE);
        Path answers = root.resolve("observations." + number);
        Path status = root.resolve("status." + number);
        String end = await(answers, status);
        boolean taken = Files.exists(answers);
        byte[] observations = taken ? Files.readAllBytes(answers) : new byte[0];
        for (Path file : List.of(asked, answers, status)) {
            Files.deleteIfExists(file);
        }
        return new Answer(new ObservationReader(new ByteArrayInputStream(observations)), end, taken);
    }

    private String await(Path answers, Path status) throws IOException {
        long grown = System.nanoTime();
        long size = 0;
        boolean hung = false;
        try {
            while (!hung && !Files.exists(status) && !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = Files.exists(answers) ? Files.size(answers) : 0;
                if (now != size) {
                    size = now;
                    grown = System.nanoTime();
                }
                hung = System.nanoTime() - grown > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(status)) {
            return said("the puppet ended with status " + Files.readString(status));
        }
        kill();
        return said(hung ? "the kernel hung, and was ended after " + LIMIT_SECONDS + " s" : "the kernel crashed");
    }

    private String said(String how) throws IOException {
        String log = new String(Files.readAllBytes(folder.resolve("log")), StandardCharsets.UTF_8);
        List<String> lines =
                log.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        // Below its reason stands where it was, at length.
        int reason = lines.stream()
                .filter(line -> REASON.matcher(line).find())
                .map(lines::indexOf)
                .findFirst()
                .orElse(Math.max(0, lines.size() - LAST_LINES));
        String said = String.join(" | ", lines.subList(reason, Math.min(reason + LAST_LINES, lines.size())))
                .replaceAll("[^\\x20-\\x7e]", "");
        return how + (said.isEmpty() ? "" : "; it said: " + said);
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
    public void close() {
        kill();
        try {
            ScratchFolder.delete(folder);
        } catch (IOException e) {
            throw new LiveException("cannot remove " + folder + ": " + e.getMessage());
        }
    }
}
