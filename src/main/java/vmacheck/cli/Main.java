package vmacheck.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The door of the command line.
@Command(name = "vmacheck", mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
