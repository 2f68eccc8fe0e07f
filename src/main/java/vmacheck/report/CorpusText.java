package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.call.CallText;
import vmacheck.counterexample.Counterexample;

/// The list of saved counterexamples, for people and programs.
public final class CorpusText {
    /// A saved counterexample and its file.
    public record Entry(String file, Counterexample counterexample) {}

    public record CorpusJson(List<EntryJson> counterexamples) {}

    public record EntryJson(
            String file,
            @Nullable String rules,
            @Nullable String violates,
            @Nullable String found,
            List<String> holds,
            List<String> calls) {}

    private CorpusText() {}

    public static String list(Vector<Entry> entries) {
        if (entries.isEmpty()) {
            return "No counterexamples.\n";
        }
        int width = entries.map(entry -> entry.file().length()).max().getOrElse(0) + 2;
        return entries.map(entry -> RulesText.pad(entry.file(), width) + calls(entry) + "\n")
                .mkString();
    }

    private static String calls(Entry entry) {
        int calls = entry.counterexample().history().size();
        Vector<String> holds = entry.counterexample().holds();
        return calls
                + (calls == 1 ? " call" : " calls")
                + (holds.isEmpty() ? "" : ", holds under " + holds.mkString(", "));
    }

    public static CorpusJson json(Vector<Entry> entries) {
        return new CorpusJson(entries.map(CorpusText::entry).asJava());
    }

    private static EntryJson entry(Entry entry) {
        Counterexample counterexample = entry.counterexample();
        return new EntryJson(
                entry.file(),
                counterexample.rules(),
                counterexample.violates(),
                counterexample.found(),
                counterexample.holds().asJava(),
                counterexample.history().calls().map(CallText::print).asJava());
    }
}
