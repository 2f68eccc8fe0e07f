package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import vmacheck.invariant.Invariants;
import vmacheck.report.Golden;

class InvariantsCommandTest {
    @Test
    @DisplayName("lists all invariants")
    void lists() {
        Golden.verify("invariants.txt", Cli.session("invariants"));
    }

    @Test
    @DisplayName("shows a page as it stands in its folder")
    void showsAPage() throws IOException {
        Cli cli = Cli.run("invariants", "one-root");
        assertThat(cli.status()).isEqualTo(Exit.HELD);
        assertThat(cli.out()).isEqualTo(Files.readString(Path.of("invariants/one-root.md")));
    }

    @Test
    @DisplayName("the same as JSON")
    void json() {
        JsonNode list =
                JsonMapper.shared().readTree(Cli.run("invariants", "--json").out());
        assertThat(list.get("invariants").size()).isEqualTo(Invariants.ALL.size());
        JsonNode first = list.get("invariants").get(0);
        assertThat(first.get("name").asString()).isEqualTo("vmas-disjoint");
        assertThat(first.get("level").asString()).isEqualTo("safety");
        assertThat(first.get("statement").asString()).startsWith("The VMAs of a process are sorted by address");
        JsonNode page = JsonMapper.shared()
                .readTree(Cli.run("invariants", "mirror", "--json").out());
        assertThat(page.get("level").asString()).isEqualTo("advice");
        assertThat(page.get("page").asString()).startsWith("# mirror\n");
    }

    @Test
    @DisplayName("a misspelt name is answered with the nearest one")
    void suggests() {
        Golden.verify(
                "invariants-unknown.txt",
                Cli.session("invariants", "map-covnt")
                        + Cli.session("invariants", "no")
                        + Cli.session("invariants", "mirror", "mapcount"));
    }
}
