package vmacheck.live;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Something made of C sources that come with this program: on first use, and then kept in a cache.
///
/// @param name    what it is called there, without what tells its versions apart
/// @param what    what it is called to people
/// @param sources where they are among the resources
/// @param options of the compiler
/// @param needs   what else it takes to compile it
record Compiled(String name, String what, Vector<String> sources, Vector<String> options, String needs) {
    /// Its file, made by this compiler if it is not there.
    ///
    /// @throws LiveException if it cannot be compiled
    Path file(String compiler) {
        Path file = cache().resolve(name + "-" + hash());
        if (!Files.isReadable(file)) {
            try {
                compile(compiler, file);
            } catch (IOException e) {
                throw new LiveException("cannot compile " + what + " into " + file.getParent() + ": " + e.getMessage()
                        + "; set XDG_CACHE_HOME to a folder that is writable");
            }
        }
        return file;
    }

    private void compile(String compiler, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path folder = ScratchFolder.create(file.getParent(), "compiling-");
        try {
            List<String> command = new ArrayList<>(List.of(compiler, "-o", name));
            for (String source : sources) {
                String local = source.substring(source.lastIndexOf('/') + 1);
                Files.write(folder.resolve(local), bytes(source));
                if (local.endsWith(".c")) {
                    command.add(local);
                }
            }
            // Libraries come last.
            command.addAll(options.asJava());
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (waitFor(process) != 0) {
                throw new LiveException(what + " does not compile: " + compiler + " says: "
                        + said.lines()
                                .filter(line -> line.contains("error"))
                                .findFirst()
                                .orElse(said.strip())
                        + "; " + needs);
            }
            Files.move(folder.resolve(name), file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            ScratchFolder.delete(folder);
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

    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String source : sources) {
                digest.update(bytes(source));
            }
            digest.update(options.mkString(" ").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Compiled.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cache() {
        Path caches = folderIn("XDG_CACHE_HOME")
                .orElseGet(() -> folderIn("HOME")
                        .orElseGet(() -> Path.of(System.getProperty("user.home", "/")))
                        .resolve(".cache"));
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

    /// Java's own idea of the home folder is that of the user's account, which a program can run without.
    private static Optional<Path> folderIn(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of);
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
