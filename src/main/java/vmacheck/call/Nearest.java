package vmacheck.call;

import io.vavr.collection.Seq;
import io.vavr.control.Option;
import java.util.Locale;

/// Guesses which of some known names a misspelt one was meant to be.
public final class Nearest {
    private static final int LONGEST_NAME = 64;

    private Nearest() {}

    /// The known name with the fewest edits from `word`, if a third of its letters or fewer are wrong.
    public static Option<String> to(String word, Seq<String> known) {
        if (word.isEmpty() || word.length() > LONGEST_NAME) {
            return Option.none();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return known.minBy(name -> edits(lower, name.toLowerCase(Locale.ROOT)))
                .filter(name -> edits(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1, name.length() / 3));
    }

    /// Levenshtein distance.
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
