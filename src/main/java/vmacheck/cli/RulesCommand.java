package vmacheck.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmacheck.report.Json;
import vmacheck.report.RulesText;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;

/// `vmacheck rules`.
@Command(name = "rules", description = "Lists the rules that can be checked, or shows all decisions of one.")
final class RulesCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "A name from the list, or the path of a Java file with rules.")
    private @Nullable String name;

    @Option(
            names = "--new",
            paramLabel = "FILE",
            description = "Write a commented Java file to start from with rules of your own.")
    private @Nullable String start;

    RulesCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (start != null) {
            if (name != null) {
                throw new Usage("rules: both " + name + " and --new; expected one of them");
            }
            Start.RULES.write(start);
            screen.out().println(start + " is written; to check it: ./vmacheck check --rules " + start);
        } else if (name == null) {
            screen.out()
                    .print(
                            common.json
                                    ? Json.print(RulesText.listJson(RuleBook.ALL, Bugs.ALL.map(Bug::rules))) + "\n"
                                    : RulesText.list(RuleBook.ALL, Bugs.ALL.map(Bug::rules)));
        } else {
            Rules rules = RulesOption.find("rules", name);
            screen.out()
                    .print(
                            common.json
                                    ? Json.print(RulesText.pageJson(rules)) + "\n"
                                    : RulesText.page(rules, base(rules)));
        }
        return Exit.HELD;
    }

    /// What rules are compared with: kernels with the newest one, proposals with the kernel most like them, others with
    /// the rules most like them.
    private static Rules base(Rules rules) {
        boolean proposed = RuleBook.PROPOSALS.contains(rules);
        return RuleBook.ALL.contains(rules) && !proposed
                ? RuleBook.newest()
                : RuleBook.ALL
                        .filter(other -> !proposed || !RuleBook.PROPOSALS.contains(other))
                        .minBy(other -> other.differences(rules).size())
                        .getOrElse(RuleBook.newest());
    }
}
