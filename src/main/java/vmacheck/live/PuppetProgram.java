package vmacheck.live;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The puppet, a program in C that comes as source and is compiled on first use, once for each form of it.
///
/// @param addresses options of the compiler that say where in the address space everything lies
record PuppetProgram(Vector<String> addresses) {
    /// For a kernel whose processes have 47 bits of address.
    static final PuppetProgram NATIVE = new PuppetProgram(Vector.of("-Wl,-Ttext-segment=0x500000000000"));

    /// For User Mode Linux, whose processes have 39 (see init.c).
    static final PuppetProgram UML = new PuppetProgram(
            Vector.of("-DARENA=0x2000000000L", "-DHOME=0x5000000000L", "-Wl,-Ttext-segment=0x5000000000"));

    /// The files of `src/main/c`.
    static final Vector<String> SOURCES = Vector.of(
            "files.c", "init.c", "observe.c", "parse.c", "process.c", "puppet.c", "puppet.h", "space.c", "text.c");

    private static final String FOLDER = "/vmacheck/puppet/";
    private static final Vector<String> OPTIONS = Vector.of(
            "-O2",
            "-ffreestanding",
            "-fno-stack-protector",
            "-fno-tree-loop-distribute-patterns",
            "-fpie",
            "-nostdlib",
            "-static",
            "-no-pie");
    private static final Vector<String> COMPILERS = Vector.of("cc", "gcc", "clang");

    /// The compiled program, from the cache if it is there.
    ///
    /// @throws LiveException if it cannot be compiled
    Path path() {
        Path program = cache().resolve("puppet-" + hash());
        if (!Files.isExecutable(program)) {
            try {
                compile(program);
            } catch (IOException e) {
                throw new LiveException("cannot compile the puppet into " + program.getParent() + ": " + e.getMessage()
                        + "; set XDG_CACHE_HOME to a folder that is writable");
            }
        }
        return program;
    }

    private void compile(Path program) throws IOException {
        String compiler = compiler();
        Files.createDirectories(program.getParent());
        Path folder = Files.createTempDirectory(program.getParent(), "compiling-");
        try {
            List<String> command = new ArrayList<>(List.of(compiler));
            command.addAll(OPTIONS.appendAll(addresses).asJava());
            command.addAll(List.of("-o", "puppet"));
            for (String source : SOURCES) {
                Files.write(folder.resolve(source), source(source));
                if (source.endsWith(".c")) {
                    command.add(source);
                }
            }
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (waitFor(process) != 0) {
                throw new LiveException("the puppet does not compile: " + compiler + " says: "
                        + said.lines()
                                .filter(line -> line.contains("error"))
                                .findFirst()
                                .orElse(said.strip())
                        + "; it needs the headers of Linux (Debian: linux-libc-dev)");
            }
            Files.move(folder.resolve("puppet"), program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(folder);
        }
    }

    private static int waitFor(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String compiler() {
        for (String name : COMPILERS) {
            if (find(name) != null) {
                return name;
            }
        }
        throw new LiveException("a live kernel is asked by a small C program, and there is no compiler for it: install"
                + " one (Debian: apt-get install gcc linux-libc-dev)");
    }

    /// Where the shell would find a program, or null.
    static @Nullable Path find(String name) {
        return Arrays.stream(java.util.Objects.requireNonNullElse(System.getenv("PATH"), "")
                        .split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String source : SOURCES) {
                digest.update(source(source));
            }
            digest.update(OPTIONS.appendAll(addresses).mkString(" ").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static byte[] source(String name) {
        try (InputStream in = PuppetProgram.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("no " + FOLDER + name + " in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path cache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg != null && xdg.startsWith("/")
                ? Path.of(xdg)
                : Path.of(System.getProperty("user.home", "/"), ".cache");
        Path folder = caches.resolve("vmacheck");
        if (canWrite(folder)) {
            return folder;
        }
        Path own = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "vmacheck-" + System.getProperty("user.name"));
        if (Files.exists(own) && !isOwn(own)) {
            throw new LiveException(own + " belongs to someone else, so no program is run from there; set"
                    + " XDG_CACHE_HOME to a folder that is writable");
        }
        return own;
    }

    private static boolean isOwn(Path folder) {
        try {
            return Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean canWrite(Path folder) {
        Path there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isWritable(there);
    }
}
