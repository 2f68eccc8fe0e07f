package vmacheck.live;

import io.vavr.collection.Vector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
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
            "accounting.c",
            "files.c",
            "hidden.c",
            "hidden.h",
            "init.c",
            "lru.c",
            "observe.c",
            "parse.c",
            "process.c",
            "puppet.c",
            "puppet.h",
            "result.c",
            "signal.c",
            "space.c",
            "sysctl.c",
            "text.c");

    /// Where they are among the resources.
    static final String FOLDER = "/vmacheck/puppet/";

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
        return new Compiled(
                        "puppet",
                        "the puppet",
                        SOURCES.map(source -> FOLDER + source),
                        OPTIONS.appendAll(addresses),
                        "it needs the headers of Linux (Debian: linux-libc-dev)")
                .file(compiler());
    }

    /// The compiler of C programs that this host has.
    ///
    /// @throws LiveException if there is none
    static String compiler() {
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
        return Arrays.stream(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
