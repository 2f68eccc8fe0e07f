package vmacheck.check.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vmacheck.call.AnyHistory;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.call.ParseException;
import vmacheck.check.trial.Kind;

class TermTest {
    private static Vector<Call> anyCalls() {
        Random random = new Random(1);
        return Vector.range(0, 1000)
                .flatMap(_ -> AnyHistory.transcript(random).history().calls());
    }

    @Test
    void everyCallGoesThereAndBack() {
        Vector<Call> calls = anyCalls();
        assertThat(calls.map(Kind::of).distinct()).hasSize(Kind.values().length);
        for (Call call : calls) {
            assertThat(Term.of(call).call).isEqualTo(call);
        }
    }

    @Test
    void differentCallsHaveDifferentHashes() {
        Vector<Call> calls = anyCalls().distinct();
        Set<Long> hashes = new HashSet<>();
        calls.forEach(call -> hashes.add(Term.of(call).hash));
        assertThat(hashes).hasSize(calls.size());
    }

    @Test
    void smallCallsDoNotCollideEither() {
        Script script = Script.of(HistoryParser.history("P0: fork()\nP1: munmap(0, 6)"));
        Term[] vocabulary = Vocabulary.of(script);
        Set<Long> hashes = new HashSet<>();
        for (Term term : vocabulary) {
            hashes.add(term.hash);
        }
        assertThat(vocabulary.length).isGreaterThan(1500);
        assertThat(hashes).hasSize(vocabulary.length);
    }

    /// Half of the histories get an argument that may be out of its range.
    @Test
    void fitsWhatTheParserAccepts() {
        Random random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            Script script = Script.of(AnyHistory.transcript(random).history());
            if (script.size() > 0 && random.nextBoolean()) {
                int at = random.nextInt(script.size());
                Term term = script.get(at);
                int arguments = term.roles().length;
                script = arguments == 0
                        ? script.with(at, term.by(random.nextInt(4)))
                        : script.with(at, changed(term, random.nextInt(arguments), random));
            }
            boolean fits = script.fits();
            refused += fits ? 0 : 1;
            assertThat(fits).as(HistoryPrinter.print(script.history())).isEqualTo(isAccepted(script.history()));
        }
        assertThat(refused).isGreaterThan(300);
    }

    private static Term changed(Term term, int index, Random random) {
        Role role = term.roles()[index];
        // The others cannot be written down at all if they are out of range.
        return role.isPlace() || role.isLength() ? term.with(index, random.nextInt(80)) : term;
    }

    private static boolean isAccepted(History history) {
        try {
            return HistoryParser.history(HistoryPrinter.print(history)).equals(history);
        } catch (ParseException e) {
            return false;
        }
    }

    @Test
    void aVocabularyIsSortedByWeight() {
        Term[] vocabulary = Vocabulary.of(Script.of(HistoryParser.history("P0: munmap(0, 4)")));
        for (int i = 1; i < vocabulary.length; i++) {
            assertThat(vocabulary[i - 1].weight).isLessThanOrEqualTo(vocabulary[i].weight);
        }
        assertThat(CallText.print(vocabulary[0].call)).isEqualTo("P0: write(0)");
    }
}
