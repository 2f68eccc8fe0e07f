package vmacheck.cli;

import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import vmacheck.call.ParseException;
import vmacheck.counterexample.CorpusException;
import vmacheck.live.LiveException;
import vmacheck.live.RecordingException;

/// The program: finds the command and turns what goes wrong into one line and an exit status.
@Command(
        name = "vmacheck",
        description = {"Checks the rules by which Linux merges VMAs.", "The main job: vmacheck check"},
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands (each has --help):%n",
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  everything held",
            "  1  an invariant was violated, or a result differs from the one in the file",
            "  2  wrong usage or bad input",
            "  3  something that the command needs is missing"
        })
public final class Main implements Runnable {
    static final String NAME = "vmacheck";

    private static final String TRACE = "; please report it, with all that VMACHECK_TRACE=1 in the environment prints";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Main() {}

    public static void main(String[] args) {
        Screen screen = Screen.standard();
        int status = run(screen, args);
        screen.out().flush();
        screen.err().flush();
        System.exit(status);
    }

    /// Runs a command line.
    ///
    /// @return its exit status
    static int run(Screen screen, String... args) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new CheckCommand(screen))
                .addSubcommand(new ReplayCommand(screen))
                .addSubcommand(new BugsCommand(screen))
                .addSubcommand(new ConformCommand(screen))
                .addSubcommand(new CompareCommand(screen))
                .addSubcommand(new NecessityCommand(screen))
                .addSubcommand(new RulesCommand(screen))
                .addSubcommand(new InvariantsCommand(screen))
                .addSubcommand(new CounterexamplesCommand(screen))
                .registerConverter(Long.class, text -> number(text, Long::valueOf))
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf))
                .registerConverter(Integer.TYPE, text -> number(text, Integer::valueOf))
                .setOut(new PrintWriter(screen.out(), true))
                .setErr(new PrintWriter(screen.err(), true))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((e, _) -> usage(screen, e))
                .setExecutionExceptionHandler((e, _, _) -> failure(screen, e));
        int status = line.execute(args);
        screen.out().flush();
        return status;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command; expected one of "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    private static <N> N number(String text, Function<String, N> read) {
        try {
            return read.apply(text);
        } catch (NumberFormatException _) {
            throw new TypeConversionException("\"" + text + "\" is no number; expected a whole one, not too large");
        }
    }

    private static int usage(Screen screen, ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = e.getMessage().lines().findFirst().orElse("wrong usage");
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            message += "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
        }
        screen.err().println(name + ": " + message + "; see " + name + " --help");
        return Exit.USAGE;
    }

    private static int failure(Screen screen, Exception e) {
        return switch (e) {
            case Usage _, ParseException _, CorpusException _, RecordingException _ ->
                complain(screen, e.getMessage(), Exit.USAGE);
            case Missing _, LiveException _ -> complain(screen, e.getMessage(), Exit.MISSING);
            default -> {
                if (System.getenv("VMACHECK_TRACE") != null) {
                    e.printStackTrace(screen.err());
                }
                yield complain(screen, "a defect of vmacheck itself: " + e + place(e) + TRACE, Exit.DEFECT);
            }
        };
    }

    private static String place(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    static int complain(Screen screen, String message, int status) {
        screen.err().println(NAME + ": " + message);
        return status;
    }
}
