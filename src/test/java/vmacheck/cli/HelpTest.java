package vmacheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vmacheck.report.Golden;

class HelpTest {
    @Test
    @DisplayName("--help lists the commands")
    void listsCommands() {
        Golden.verify("help.txt", Cli.session("--help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "replay", "compare", "necessity", "rules", "invariants", "counterexamples"})
    @DisplayName("every command explains itself")
    void explainsCommands(String command) {
        Golden.verify("help-" + command + ".txt", Cli.session(command, "--help"));
    }

    @Test
    @DisplayName("wrong usage is one line that names what would be right, and status 2")
    void explainsWrongUsage() {
        Golden.verify(
                "usage.txt",
                Cli.session()
                        + Cli.session("chek")
                        + Cli.session("rules", "--yaml")
                        + Cli.session("replay")
                        + Cli.session("check", "--length", "many")
                        + Cli.session("check", "--sed", "1")
                        + Cli.session("check", "--for", "soon")
                        + Cli.session("check", "--for", "1s", "--histories", "5")
                        + Cli.session("check", "--histories", "0")
                        + Cli.session("check", "--workers", "0")
                        + Cli.session("check", "--length", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "chek", "rules x", "check --for x", "replay none.vma", "invariants x"})
    @DisplayName("what goes wrong takes one line")
    void oneLine(String line) {
        Cli cli = Cli.run(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(cli.status()).isEqualTo(Exit.USAGE);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).endsWith("\n").containsOnlyOnce("\n").doesNotContain("Exception");
    }
}
