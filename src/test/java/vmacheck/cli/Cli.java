package vmacheck.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Runs command lines in this process and keeps what they print.
record Cli(int status, String out, String err) {
    static Cli run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(Screen.of(out, err), args);
        return new Cli(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// For golden files: what was typed, what came, the exit status.
    static String session(String... args) {
        Cli cli = run(args);
        return "$ vmacheck " + String.join(" ", args) + "\n" + cli.out
                + (cli.err.isEmpty() ? "" : "--- standard error\n" + cli.err) + "--- exit status " + cli.status + "\n";
    }
}
