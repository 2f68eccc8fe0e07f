package vmacheck.cli;

import io.vavr.collection.Vector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vmacheck.invariant.Invariant;
import vmacheck.invariant.Invariants;

/// A user's own invariant: one Java file with one public class that implements [Invariant].
final class InvariantFile {
    private static final String REMEDY =
            "; expected one public class that implements vmacheck.invariant.Invariant, without constructor arguments";

    private InvariantFile() {}

    /// What stands after each `--invariant`.
    static Vector<Invariant> loadAll(Iterable<String> names) {
        Vector<Invariant> all = Vector.empty();
        for (String name : names) {
            if (!name.endsWith(OwnFile.SUFFIX)) {
                String known = Invariants.find(name).isDefined() ? " (built-in invariants always count)" : "";
                throw new Usage("--invariant " + name + known + ": expected the path of a Java file with an invariant");
            }
            Invariant loaded = load(Path.of(name));
            if (all.exists(other -> other.name().equals(loaded.name()))) {
                throw new Usage(name + ": another invariant is named " + loaded.name() + " too; expected another name");
            }
            all = all.append(loaded);
        }
        return all;
    }

    static Invariant load(Path path) {
        Vector<Class<?>> classes = OwnFile.load(path, "an invariant");
        String file = OwnFile.nameOf(path);
        Vector<Constructor<?>> found = classes.filter(InvariantFile::isInvariant)
                .flatMap(type -> Vector.of(type.getConstructors()))
                .filter(constructor -> constructor.getParameterCount() == 0);
        if (found.size() != 1) {
            throw new Usage(file + ": " + (found.isEmpty() ? "no" : found.size()) + " invariants in it" + REMEDY);
        }
        Constructor<?> constructor = found.head();
        String type = constructor.getDeclaringClass().getSimpleName();
        if (OwnStart.run(file, "an instance of " + type, constructor::newInstance) instanceof Invariant invariant) {
            requireName(file, OwnStart.run(file, "the name of " + type, invariant::name));
            return invariant;
        }
        throw new IllegalStateException(type);
    }

    private static boolean isInvariant(Class<?> type) {
        return Invariant.class.isAssignableFrom(type)
                && Modifier.isPublic(type.getModifiers())
                && !Modifier.isAbstract(type.getModifiers());
    }

    /// The name becomes a part of file names, and tells this invariant from all others.
    private static void requireName(String file, @Nullable Object name) {
        if (!(name instanceof String text) || !text.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new Usage(file + ": the name \"" + name + "\"; expected letters a to z and digits, with a - between"
                    + " words");
        }
        if (Invariants.find(text).isDefined()) {
            throw new Usage(file + ": a built-in invariant is named " + text + " too; expected another name");
        }
    }
}
