package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.report.Golden;

class ReplayCommandTest {
    /// The faulted page moves next to fresh memory that ends where the page's offset begins.
    private static final String BUG = """
        vmacheck: 1
        rules: linux-6.16

        P0: mmap(1, 1, rw, private|anonymous|fixed) = 1
        P0: write(1) = 0
        P0: mmap(10, 1, rw, private|anonymous|fixed) = 10
        P0: mremap(10, 1, 1, maymove|fixed, 0) = 0
        P0: munmap(1, 1) = 0
        """;

    private static final String FINE = "P0: mmap(0, 2, rw, private|anonymous|fixed) = 0\nP0: write(0) = 0\n";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("what holds exits with 0, under the newest kernel if the file names none")
    void holds() throws IOException {
        Cli cli = Cli.run("replay", file("fine.vma", FINE));
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).contains("fine.vma under linux-6.18:").endsWith("\nlinux-6.18 holds.\n");
    }

    @Test
    @DisplayName("a result that differs exits with 1")
    void differs() throws IOException {
        Cli cli = Cli.run("replay", file("fine.vma", FINE.replace("write(0) = 0", "write(0) = SIGSEGV")));
        assertThat(cli.status()).isEqualTo(Exit.VIOLATED);
        assertThat(cli.out()).contains("✗ the file says SIGSEGV");
    }

    @Test
    @DisplayName("several files and several rules are all replayed, in the order in which they are named")
    void combines() throws IOException {
        String bug = file("bug.vma", BUG);
        String fine = file("fine.vma", FINE);
        Cli cli = Cli.run("replay", bug, fine, "--rules", "linux-6.18", "--rules", "never-merge", "--json");
        JsonNode files = JsonMapper.shared().readTree(cli.out()).get("files");
        assertThat(files.size()).isEqualTo(4);
        assertThat(files.get(1).get("file").asString()).isEqualTo(bug);
        assertThat(files.get(1).get("rules").asString()).isEqualTo("never-merge");
        assertThat(files.get(2).get("file").asString()).isEqualTo(fine);
        assertThat(files.get(2).get("rules").asString()).isEqualTo("linux-6.18");
    }

    @Test
    @DisplayName("--draw explains its pictures")
    void draws() throws IOException {
        Cli cli = Cli.run("replay", "--draw", file("fine.vma", FINE));
        assertThat(cli.out())
                .contains("  at the end:\n")
                .contains("F0(A0,0) ×1 E w =1")
                .contains("Pages: F0(A1,10)");
        Cli steps = Cli.run("replay", "--step", file("fine.vma", FINE));
        assertThat(steps.out().split("after:")).hasSize(3);
    }

    @Test
    @DisplayName("bad files are named with the place and what would be right, before anything is replayed")
    void refuses() throws IOException {
        StringBuilder sessions = new StringBuilder();
        sessions.append(refused("missing.vma", null));
        sessions.append(refused("call.vma", "P0: mumap(1, 2)\n"));
        sessions.append(refused("flag.vma", "P0: mmap(0, 1, rw, private|anonymos)\n"));
        sessions.append(refused("key.vma", "vmacheck: 1\nrule: linux-6.18\nP0: fork()\n"));
        sessions.append(refused("version.vma", "vmacheck: 2\nP0: fork()\n"));
        sessions.append(refused("cut.vma", BUG.substring(0, BUG.length() - 10)));
        sessions.append(refused("binary.vma", "\u0000\u0001ELF"));
        sessions.append(refused("empty.vma", ""));
        sessions.append(refused("process.vma", "P0: fork() = P1\nP7: exit()\n"));
        sessions.append(refused("range.vma", "P0: munmap(60, 99)\n"));
        sessions.append(refused("rules.vma", BUG.replace("linux-6.16", "linux-6.61")));
        Golden.verify("replay-refused.txt", sessions.toString());
    }

    @Test
    @DisplayName("a folder is no history")
    void refusesFolders() {
        Cli cli = Cli.run("replay", folder.toString());
        assertThat(cli.status()).isEqualTo(Exit.USAGE);
        assertThat(cli.err()).startsWith("vmacheck: cannot read " + folder).containsOnlyOnce("\n");
    }

    private String refused(String name, @org.jspecify.annotations.Nullable String text) throws IOException {
        String file = text == null ? folder.resolve(name).toString() : file(name, text);
        Cli cli = Cli.run("replay", file("fine.vma", FINE), file);
        assertThat(cli.status()).as(name).isEqualTo(Exit.USAGE);
        assertThat(cli.out()).as(name).isEmpty();
        return cli.err().replace(folder.toString(), "FOLDER");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
