package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.report.Golden;

/// What needs no kernel: the comparison with a recording, and wrong usage.
class ConformCommandTest {
    private static final String RECORDED = "src/test/resources/vmacheck/recorded/linux-6.18.44.gz";

    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName("the command explains itself, and wrong usage is one line")
    void usage() {
        Golden.verify("help-conform.txt", Cli.session("conform", "--help"));
        Golden.verify(
                "usage-conform.txt",
                Cli.session("conform", "--live", "guest")
                        + Cli.session("conform", "--levels", "1,6")
                        + Cli.session("conform", "--levels", "4", "--against", RECORDED)
                        + Cli.session("conform", "--steps", "0")
                        + Cli.session("conform", "--steps", "1", "--for", "1s")
                        + Cli.session("conform", "--against", "none.gz")
                        + Cli.session("conform", "--against", "none.gz", "--seed", "1")
                        + Cli.session("conform", "--against", "pom.xml")
                        + Cli.session("conform", "--live", "pom.xml"));
    }

    @Test
    @DisplayName("rules that a kernel follows agree with its recording, and those that it does not follow differ")
    void against() throws Exception {
        Cli agrees = Cli.run("conform", "--against", RECORDED, "--out", folder.toString());
        assertThat(agrees.status()).isEqualTo(Exit.HELD);
        Golden.verify("conform-agrees.txt", agrees.out());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        Cli differs = Cli.run(
                "conform",
                "--against",
                RECORDED,
                "--rules",
                "never-merge",
                "--levels",
                "1,2",
                "--json",
                "--out",
                folder.toString());
        assertThat(differs.status()).isEqualTo(Exit.VIOLATED);
        JsonNode json = new JsonMapper().readTree(differs.out());
        assertThat(json.get("agrees").asBoolean()).isFalse();
        assertThat(json.get("levels").toString()).isEqualTo("[1,2]");
        assertThat(json.get("differences").size()).isPositive();
        for (JsonNode difference : json.get("differences")) {
            assertThat(Path.of(difference.get("file").asString())).exists().startsWith(folder);
        }
    }
}
