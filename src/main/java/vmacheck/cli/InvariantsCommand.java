package vmacheck.cli;

import io.vavr.collection.Vector;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vmacheck.call.Nearest;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Invariants;
import vmacheck.report.InvariantsText;
import vmacheck.report.Json;

/// `vmacheck invariants`.
@Command(name = "invariants", description = "Lists what must hold after every step, or shows the page of one.")
final class InvariantsCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin
    private final Common common = new Common();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A name from the list.")
    private @Nullable String name;

    @Option(
            names = "--new",
            paramLabel = "FILE",
            description = "Write a commented Java file to start from with an invariant of your own.")
    private @Nullable String start;

    InvariantsCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (start != null) {
            if (name != null) {
                throw new Usage("invariants: both " + name + " and --new; expected one of them");
            }
            Start.INVARIANT.write(start);
            screen.out().println(start + " is written; to judge by it: ./vmacheck check --invariant " + start);
        } else if (name == null) {
            screen.out()
                    .print(
                            common.json
                                    ? Json.print(InvariantsText.listJson(Invariants.ALL)) + "\n"
                                    : InvariantsText.list(Invariants.ALL));
        } else {
            Invariant invariant = find(name);
            screen.out()
                    .print(
                            common.json
                                    ? Json.print(InvariantsText.pageJson(invariant)) + "\n"
                                    : InvariantsText.page(invariant));
        }
        return Exit.HELD;
    }

    private static Invariant find(String wanted) {
        return Invariants.ALL.find(invariant -> invariant.name().equals(wanted)).getOrElseThrow(() -> {
            Vector<String> names = Invariants.ALL.map(Invariant::name);
            String hint = Nearest.to(wanted, names)
                    .map(near -> " (did you mean " + near + "?)")
                    .getOrElse("");
            return new Usage("invariants: unknown invariant \"" + wanted + "\"" + hint + "; expected one of "
                    + names.mkString(", "));
        });
    }
}
