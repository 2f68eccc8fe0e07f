package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The hunts for historic bugs, for people and programs.
public final class BugsText {
    /// Other programs rely on the names of these components: they stay as they are.
    public record BugsJson(List<BugJson> bugs) {}

    /// @param invariant that the bug is known to break
    /// @param calls     length of the shrunk history, or null if nothing was found
    /// @param file      where it is saved, likewise
    public record BugJson(
            String id,
            boolean found,
            String invariant,
            @Nullable Integer calls,
            double seconds,
            @Nullable String file) {}

    private BugsText() {}

    public static BugsJson json(Vector<BugHunt> hunts) {
        return new BugsJson(hunts.map(hunt -> new BugJson(
                        hunt.bug().id(),
                        hunt.isFound(),
                        hunt.bug().invariant(),
                        hunt.calls(),
                        hunt.seconds(),
                        hunt.file()))
                .asJava());
    }

    public static String table(Vector<BugHunt> hunts, long seed) {
        int ids = width(hunts.map(hunt -> hunt.bug().id()), "bug");
        int invariants = width(hunts.map(hunt -> hunt.bug().invariant()), "invariant");
        StringBuilder text = new StringBuilder(row(ids, invariants, "bug", "invariant", "calls", "seconds", "file"));
        for (BugHunt hunt : hunts) {
            Integer calls = hunt.calls();
            String file = hunt.file();
            text.append(row(
                    ids,
                    invariants,
                    hunt.bug().id(),
                    hunt.bug().invariant(),
                    calls == null ? "-" : calls.toString(),
                    String.format(Locale.ROOT, "%.1f", hunt.seconds()),
                    file == null ? "not found" : file));
        }
        return text + "\n" + hunts.count(BugHunt::isFound) + " of " + hunts.size() + " found, seed " + seed + ".\n";
    }

    private static int width(Vector<String> texts, String title) {
        return texts.append(title).map(String::length).max().getOrElse(0) + 2;
    }

    private static String row(
            int ids, int invariants, String id, String invariant, String calls, String seconds, String file) {
        return String.format(
                Locale.ROOT,
                "%s%s%5s  %7s  %s%n",
                RulesText.pad(id, ids),
                RulesText.pad(invariant, invariants),
                calls,
                seconds,
                file);
    }
}
