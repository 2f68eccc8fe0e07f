package vmacheck.live;

import io.vavr.collection.Vector;
import java.nio.file.Path;
import java.util.List;

/// The BPF program that reads the hidden fields of a kernel (`src/main/bpf`), and the program that loads it and lends it
/// to the puppet. Both are compiled on first use.
///
/// @param object the BPF program
/// @param lend   the program that loads it
record BpfProgram(Path object, Path lend) {
    /// The files of `src/main/bpf`.
    static final Vector<String> SOURCES = Vector.of("hidden.bpf.c", "lend.c");

    private static final String FOLDER = "/vmacheck/bpf/";
    private static final String NEEDS = "level 4 needs clang and libbpf (Debian: apt-get install clang libbpf-dev)";
    private static final String COMPILER = "clang";

    /// @throws LiveException if it cannot be compiled
    static BpfProgram compiled() {
        if (PuppetProgram.find(COMPILER) == null) {
            throw new LiveException("there is no " + COMPILER + "; " + NEEDS);
        }
        Compiled object = new Compiled(
                "hidden.o",
                "the BPF program",
                Vector.of(PuppetProgram.FOLDER + "hidden.h", FOLDER + "hidden.bpf.c"),
                // Debian has the headers of each architecture in a folder of its own.
                Vector.of("-O2", "-g", "-target", "bpf", "-I/usr/include/x86_64-linux-gnu", "-c"),
                NEEDS);
        Compiled lend = new Compiled(
                "lend",
                "the loader of the BPF program",
                Vector.of(FOLDER + "lend.c"),
                Vector.of("-O2", "-lbpf"),
                NEEDS);
        return new BpfProgram(object.file(COMPILER), lend.file(PuppetProgram.compiler()));
    }

    /// A command that has the BPF program at hand.
    List<String> lentTo(List<String> command) {
        return Vector.of(lend.toString(), object.toString()).appendAll(command).asJava();
    }
}
