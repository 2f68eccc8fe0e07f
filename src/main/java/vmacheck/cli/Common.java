package vmacheck.cli;

import picocli.CommandLine.Option;

/// The options that every command has.
final class Common {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--json", description = "One JSON document on standard output.")
    boolean json;
}
