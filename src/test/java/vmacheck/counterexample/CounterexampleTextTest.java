package vmacheck.counterexample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.HistoryParser;
import vmacheck.call.ParseException;
import vmacheck.call.Result;
import vmacheck.model.Setup;

class CounterexampleTextTest {
    private static final String WHOLE = """
        vmacheck: 1
        rules: linux-6.16
        violates: chain-covers
        found: seed 42, history 17, vmacheck 0.1
        holds: linux-6.18, never-merge
        pages: 16
        max-map-count: 5

        P0: mmap(0, 3, rw, private|anonymous|fixed) = 0
        P0: write(1)
        """;

    @Test
    void aFileSaysWhatIsViolatedUnderWhichRulesAndHowItWasFound() {
        Counterexample read = CounterexampleText.parse("x.vma", WHOLE);
        assertThat(read.rules()).isEqualTo("linux-6.16");
        assertThat(read.violates()).isEqualTo("chain-covers");
        assertThat(read.found()).isEqualTo("seed 42, history 17, vmacheck 0.1");
        assertThat(read.holds()).isEqualTo(Vector.of("linux-6.18", "never-merge"));
        assertThat(read.history().setup()).isEqualTo(new Setup(16, 5));
        assertThat(read.history().calls().last()).isEqualTo(new Call.Write(0, 1));
        assertThat(read.results()).isEqualTo(Vector.of(Option.of(Result.ZERO), Option.none()));
    }

    @Test
    void aFileIsPrintedAsItIsRead() {
        assertThat(CounterexampleText.print(CounterexampleText.parse("x.vma", WHOLE)))
                .isEqualTo(WHOLE);
    }

    @Test
    void aBareHistoryIsACounterexampleForRulesOfTheReadersChoice() {
        Counterexample read = CounterexampleText.parse("x.vma", "P0: fork() = P1");
        assertThat(read).isEqualTo(Counterexample.of(HistoryParser.parse("x.vma", "P0: fork() = P1")));
        assertThat(read.rules()).isNull();
        assertThat(read.violates()).isNull();
        assertThat(CounterexampleText.print(read)).isEqualTo("P0: fork() = P1\n");
        assertThat(CounterexampleText.print(CounterexampleText.parse("x.vma", "pages: 8\nP0: fork()")))
                .isEqualTo("pages: 8\n\nP0: fork()\n");
    }

    @Test
    void onlyKnownFormatsAreRead() {
        assertThat(error("vmacheck: 2\nwhatever comes\0 then"))
                .as("even if nothing else in the file can be read")
                .isEqualTo("x.vma:2:15: control character 0x00, so this is no text; expected a history as UTF-8 text");
        assertThat(error("# new\nvmacheck: 2\nP0: newcall(1)\n"))
                .isEqualTo("x.vma:2:11: unsupported format version \"2\"; expected 1, or a newer vmacheck");
        assertThat(error("vmacheck: x\nP0: fork()\n"))
                .isEqualTo("x.vma:1:11: unsupported format version \"x\"; expected 1, or a newer vmacheck");
        assertThat(error("vmacheck:\nP0: fork()\n"))
                .isEqualTo("x.vma:1:10: unsupported format version \"\"; expected 1, or a newer vmacheck");
    }

    @Test
    void aHeaderBeginsWithTheFormatVersion() {
        String message = "x.vma:1:1: no format version; expected \"vmacheck: 1\" above all other lines";
        assertThat(error("rules: linux-6.16\nP0: fork()\n")).isEqualTo(message);
        assertThat(error("rules: linux-6.16\nvmacheck: 1\nP0: fork()\n")).isEqualTo(message);
        assertThat(error("pages: 8\nvmacheck: 2\nP0: fork()\n")).isEqualTo(message);
    }

    @Test
    void unknownAndRepeatedKeysAreRefused() {
        assertThat(error("vmacheck: 1\nrule: linux-6.16\nP0: fork()\n"))
                .isEqualTo("x.vma:2:1: unknown key \"rule\" (did you mean rules?); expected one of vmacheck, rules,"
                        + " violates, found, holds, pages, max-map-count, memlock,"
                        + " commit-limit");
        assertThat(error("vmacheck: 1\nvmacheck: 1\n"))
                .isEqualTo("x.vma:2:1: key \"vmacheck\" stands there twice; expected each key once");
        assertThat(error("vmacheck: 1\nholds: a,,b\nP0: fork()\n"))
                .isEqualTo("x.vma:2:10: a name is missing; expected names of rules with commas between them");
    }

    @Test
    void aFileThatWasCutShortIsRefusedWhereverThatShows() {
        assertThat(error(""))
                .isEqualTo("x.vma:1:1: no call in the whole file; expected a call such as \"P0: munmap(1, 2)\"");
        assertThat(error("vmacheck: 1\nrules: linux-6"))
                .isEqualTo("x.vma:2:15: no call in the whole file; expected a call such as \"P0: munmap(1, 2)\"");
        assertThat(error("vmacheck: 1\nrules: linux-6.16\n\nP0: brk(50) = 5"))
                .isEqualTo("x.vma:4:16: the last line is not complete; expected a line end; was the file cut short?");
        for (int length = 0; length < WHOLE.length(); length++) {
            boolean refusable = !WHOLE.substring(0, length).endsWith("= 0\n");
            String text = WHOLE.substring(0, length);
            if (refusable) {
                assertThat(error(text)).as(text).startsWith("x.vma:");
            }
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] bytes = {'P', '0', (byte) 0x80};
        assertThat(catchThrowableOfType(ParseException.class, () -> CounterexampleText.parse("x.vma", bytes))
                        .getMessage())
                .isEqualTo("x.vma:1:3: these bytes are not UTF-8; expected a history as UTF-8 text");
        assertThat(CounterexampleText.parse("x.vma", WHOLE.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(CounterexampleText.parse("x.vma", WHOLE));
    }

    @Test
    void whatDoesNotFitInALineIsNoPartOfACounterexample() {
        Counterexample any = CounterexampleText.parse("x.vma", WHOLE);
        for (String name : new String[] {"", " a", "a#b", "a\nb", "a,b"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> any.withHolds(Vector.of(name)));
        }
    }

    private static String error(String text) {
        return catchThrowableOfType(ParseException.class, () -> CounterexampleText.parse("x.vma", text))
                .getMessage();
    }
}
