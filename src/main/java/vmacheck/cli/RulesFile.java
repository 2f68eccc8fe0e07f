package vmacheck.cli;

import io.vavr.collection.Vector;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import vmacheck.rules.Decision;
import vmacheck.rules.Rules;

/// A user's own rules: one Java file with one `public static final Rules`.
final class RulesFile {
    private static final String REMEDY = "; expected a public class with one \"public static final Rules\" field";

    private RulesFile() {}

    /// The rules of a file, under its path as their name, so that a counterexample says where they are.
    static Rules load(Path path) {
        Vector<Class<?>> classes = OwnFile.load(path, "rules");
        String file = OwnFile.nameOf(path);
        Vector<Field> found = classes.filter(type -> Modifier.isPublic(type.getModifiers()))
                .flatMap(type -> Vector.of(type.getDeclaredFields()))
                .filter(RulesFile::isRules);
        if (found.size() != 1) {
            String names =
                    found.isEmpty() ? "" : " (" + found.map(Field::getName).mkString(", ") + ")";
            throw new Usage(file + ": " + (found.isEmpty() ? "no" : found.size()) + " rules in it" + names + REMEDY);
        }
        Field field = found.head();
        if (OwnStart.run(file, field.getName(), () -> field.get(null)) instanceof Rules rules) {
            Vector<Decision<?>> open = rules.unanswered();
            if (!open.isEmpty()) {
                String more = open.size() == 1 ? "" : " and " + (open.size() - 1) + " more";
                throw new Usage(file + ": no answer to " + open.head().name() + more
                        + "; expected rules that start from a kernel such as Linux.V6_18, with no null in them");
            }
            return rules.named(file, rules.summary());
        }
        throw new Usage(file + ": " + field.getName() + " is null" + REMEDY);
    }

    private static boolean isRules(Field field) {
        return Modifier.isPublic(field.getModifiers())
                && Modifier.isStatic(field.getModifiers())
                && field.getType() == Rules.class;
    }
}
