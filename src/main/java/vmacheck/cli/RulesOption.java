package vmacheck.cli;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import vmacheck.call.Nearest;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.Weakening;

/// From what stands after `--rules` to rules: a name from the book, or the path of a Java file.
final class RulesOption {
    private RulesOption() {}

    /// @param where stands before an error: what named the rules
    static Rules find(String where, String name) {
        return RuleBook.find(name).getOrElse(() -> {
            if (name.endsWith(OwnFile.SUFFIX)) {
                return RulesFile.load(Path.of(name));
            }
            return weakened(name).getOrElseThrow(() -> unknown(where, name));
        });
    }

    /// Rules of a file without one of their conditions, as `necessity` names them.
    private static Option<Rules> weakened(String name) {
        int end = name.indexOf(OwnFile.SUFFIX + Weakening.WITHOUT);
        return end < 0
                ? Option.none()
                : Weakening.find(RulesFile.load(Path.of(name.substring(0, end + OwnFile.SUFFIX.length()))), name);
    }

    private static Usage unknown(String where, String name) {
        Vector<String> names = RuleBook.names();
        String hint = Nearest.to(name, names)
                .map(near -> " (did you mean " + near + "?)")
                .getOrElse("");
        boolean file = Files.isRegularFile(Path.of(name));
        String path = file ? "; a file with rules must end in .java" : ", or the path of a Java file";
        return new Usage(where + ": unknown rules \"" + name + "\"" + hint + "; expected one of "
                + RuleBook.ALL.map(Rules::name).mkString(", ") + ", a historic bug (vmacheck rules lists them)" + path);
    }
}
