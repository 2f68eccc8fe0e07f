package vmacheck.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vavr.collection.Vector;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmacheck.model.Setup;

class HistoryParserTest {
    private static final String CALLS =
            "mmap, munmap, mprotect, mremap, brk, madvise, mlock, mlock2, munlock, mlockall, munlockall, mseal, fork,"
                    + " exit, execve, read, write";

    @Test
    void aHistoryIsCallsInOrderWithTheResultsThatAreKnown() {
        Transcript transcript = HistoryParser.parse("x.vma", """
            # two processes

            P0: mmap(0, 3, rw, private|anonymous|fixed) = 0
            P0: write(1)      # the first write
            P0: fork() = P1
            env: reclaim(P1, 1)\r
            """);
        assertThat(transcript.history())
                .isEqualTo(new History(
                        Setup.DEFAULT,
                        Vector.of(
                                new Call.Mmap(
                                        0,
                                        0,
                                        3,
                                        Prot.READ | Prot.WRITE,
                                        MapFlags.PRIVATE | MapFlags.ANONYMOUS | MapFlags.FIXED,
                                        -1,
                                        0),
                                new Call.Write(0, 1),
                                new Call.Fork(0),
                                new Call.Reclaim(1, 1))));
        assertThat(HistoryPrinter.print(transcript)).isEqualTo("""
            P0: mmap(0, 3, rw, private|anonymous|fixed) = 0
            P0: write(1)
            P0: fork() = P1
            env: reclaim(P1, 1)
            """);
    }

    @Test
    void theSetupStandsAboveTheCallsWhereItIsUnusual() {
        String text = "pages: 16\nmax-map-count: 3\n\nP0: brk(16)\n";
        History history = HistoryParser.history(text);
        assertThat(history.setup()).isEqualTo(new Setup(16, 3));
        assertThat(HistoryPrinter.print(history)).isEqualTo(text);
        assertThat(HistoryPrinter.print(HistoryParser.history("pages: 64\nP0: brk(1)")))
                .isEqualTo("P0: brk(1)\n");
    }

    @Test
    void anEmptyTextIsAnEmptyHistory() {
        assertThat(HistoryParser.history("").size()).isZero();
        assertThat(HistoryParser.history("# nothing\n\n").size()).isZero();
    }

    /// Column 2 of each row is the whole message behind the file name.
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "nonsense         > 1:1: no \":\" in \"nonsense\"; expected a call such as \"P0: munmap(1, 2)\"",
                "colour: red      > 1:1: unknown key \"colour\"; expected one of pages, max-map-count, memlock,"
                        + " commit-limit",
                "page: 8          > 1:1: unknown key \"page\" (did you mean pages?); expected one of pages,"
                        + " max-map-count, memlock, commit-limit",
                "Q0: munmap(1, 2) > 1:1: unknown process \"Q0\"; expected P0, P1, ... or env",
                "P01: fork()      > 1:1: unknown process \"P01\"; expected P0, P1, ... or env",
                "P0: mmapp(1, 2)  > 1:5: unknown call \"mmapp\" (did you mean mmap?); expected one of " + CALLS,
                "P0: x(1, 2)      > 1:5: unknown call \"x\"; expected one of " + CALLS,
                "P0:              > 1:4: missing call; expected one of " + CALLS,
                "P0: reclaim(1)   > 1:5: reclaim is an event of the environment; expected \"env: reclaim(process,"
                        + " page)\"",
                "env: fork()      > 1:6: fork is a call of a process; expected \"P0: fork()\"",
                "env: reclam(P0)  > 1:6: unknown event \"reclam\" (did you mean reclaim?); expected one of reclaim,"
                        + " swapin",
                "P0: munmap       > 1:5: munmap has no arguments; expected munmap(address, length)",
                "P0: munmap(1, 2  > 1:16: missing \")\"; expected munmap(address, length)",
                "P0: munmap(1)    > 1:5: munmap with 1 argument; expected munmap(address, length)",
                "P0: munmap()     > 1:5: munmap with no arguments; expected munmap(address, length)",
                "P0: mmap(0, 1, r, fixed, F0) > 1:5: mmap with 5 arguments; expected mmap(address, length, prot,"
                        + " flags[, file, offset])",
                "P0: mremap(0, 1) > 1:5: mremap with 2 arguments; expected mremap(address, old length, new length,"
                        + " flags[, new address])",
                "P0: fork(1)      > 1:5: fork with 1 argument; expected fork()",
                "P0: brk(1) 2     > 1:12: unexpected \"2\" after the call; expected \" = RESULT\" or the end of the"
                        + " line",
            })
    void aLineThatIsNoCallIsRefused(String text, String message) {
        assertThatThrownBy(() -> HistoryParser.parse("x.vma", text))
                .isInstanceOf(ParseException.class)
                .hasMessage("x.vma:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "P0: brk(65)           > 1:9: address 65 is out of range; expected a page number from 0 to 64",
                "P0: brk(-1)           > 1:9: address -1 is out of range; expected a page number from 0 to 64",
                "P0: brk(99999999999999999999) > 1:9: address 99999999999999999999 is out of range; expected a page"
                        + " number from 0 to 64",
                "P0: brk(4294967297)   > 1:9: address 4294967297 is out of range; expected a page number from 0 to 64",
                "P0: brk(0x10)         > 1:9: address \"0x10\" is not a number; expected a page number from 0 to 64",
                "P0: munmap(, 2)       > 1:12: missing address; expected a page number from 0 to 64",
                "P0: munmap(60, 5)     > 1:16: length 5 is out of range; expected 0 to 4 from page 60, as the arena"
                        + " has 64 pages",
                "P0: munmap(60, -1)    > 1:16: length -1 is out of range; expected 0 to 4 from page 60, as the arena"
                        + " has 64 pages",
                "P0: read(64)          > 1:10: page 64 is out of range; expected a page number from 0 to 63",
                "P0: mremap(0, 1, 9, fixed, 60) > 1:18: new length 9 is out of range; expected 0 to 4 from page 60, as"
                        + " the arena has 64 pages",
                "P0: mprotect(0, 1, rwz)  > 1:20: unknown protection \"rwz\"; expected letters of rwx in this order,"
                        + " or none",
                "P0: mprotect(0, 1, wr)   > 1:20: unknown protection \"wr\"; expected letters of rwx in this order, or"
                        + " none",
                "P0: mprotect(0, 1, )     > 1:19: missing protection; expected letters of rwx in this order, or none",
                "P0: mlockall(futur)      > 1:14: unknown mlockall flag \"futur\" (did you mean future?); expected one"
                        + " of current, future, onfault, none",
                "P0: mmap(0, 1, r, fixed|) > 1:25: missing mmap flag; expected one of shared, private, anonymous,"
                        + " fixed, noreplace, locked, noreserve, populate, none",
                "P0: mlockall(future|future) > 1:21: mlockall flag \"future\" stands there twice; expected each flag"
                        + " once",
                "P0: mmap(0, 1, r, private, F4, 0)    > 1:28: unknown file \"F4\" (did you mean F0?); expected one of"
                        + " F0, F1, F2, F3, none",
                "P0: mmap(0, 1, r, private, F0, 4096) > 1:32: offset 4096 is out of range; expected 0 to 4095",
            })
    void anArgumentThatMakesNoSenseIsRefused(String text, String message) {
        assertThatThrownBy(() -> HistoryParser.parse("x.vma", text))
                .isInstanceOf(ParseException.class)
                .hasMessage("x.vma:" + message);
    }

    @Test
    void anUnknownAdviceIsRefused() {
        assertThatThrownBy(() -> HistoryParser.parse("x.vma", "P0: madvise(0, 1, dontfrok)"))
                .hasMessageStartingWith(
                        "x.vma:1:19: unknown advice \"dontfrok\" (did you mean dontfork?); expected one of normal,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "P0: brk(1) =         > 1:13: missing result; expected " + RESULTS,
                "P0: brk(1) = ENOMEN  > 1:14: unknown result \"ENOMEN\" (did you mean ENOMEM?); expected " + RESULTS,
                "P0: brk(1) = -12     > 1:14: result -12 is out of range; expected " + RESULTS,
                "P0: brk(1) = 1 = 1   > 1:14: result \"1 = 1\" is not a number; expected " + RESULTS,
                "P0: brk(1) = P1      > 1:14: unknown result \"P1\"; expected " + RESULTS,
                "P0: read(1) = F2[0]  > 1:16: file 2 is out of range; expected 0 to 1",
                "P0: read(1) = F0[16] > 1:18: file page 16 is out of range; expected 0 to 15",
                "P0: read(1) = F[]    > 1:16: missing file; expected 0 to 1",
                "P0: fork() = 1       > 1:14: fork cannot give \"1\" here; expected P1 or an errno name",
                "P0: fork() = P2      > 1:14: fork cannot give \"P2\" here; expected P1 or an errno name",
                "P0: fork() = P0      > 1:14: fork cannot give \"P0\" here; expected P1 or an errno name",
            })
    void aResultThatTheCallCannotHaveIsRefused(String text, String message) {
        assertThatThrownBy(() -> HistoryParser.parse("x.vma", text))
                .isInstanceOf(ParseException.class)
                .hasMessage("x.vma:" + message);
    }

    private static final String RESULTS =
            "a number, an unwritten file page such as F0[2], an errno name, SIGSEGV, SIGBUS or SIGKILL";

    @Test
    void aProcessIsThereOnlyAfterAsManyForks() {
        assertThat(HistoryParser.history("P0: fork()\nP1: fork()\nP2: exit()").size())
                .isEqualTo(3);
        assertThat(error("P1: exit()"))
                .isEqualTo("x.vma:1:1: process P1 does not exist with no fork before it; expected P0");
        assertThat(error("P0: fork()\nP2: exit()"))
                .isEqualTo("x.vma:2:1: process P2 does not exist with 1 fork before it; expected P0 or P1");
        assertThat(error("P0: fork()\nP0: fork()\nenv: reclaim(P3, 1)"))
                .isEqualTo("x.vma:3:14: process P3 does not exist with 2 forks before it; expected P0 to P2");
    }

    @Test
    void childrenAreNumberedInOrder() {
        assertThat(HistoryParser.history("P0: fork()\nP0: fork() = P1\nP0: fork() = P2")
                        .size())
                .as("the first fork may have failed")
                .isEqualTo(3);
        assertThat(error("P0: fork() = P1\nP0: fork() = P1"))
                .isEqualTo("x.vma:2:14: fork cannot give \"P1\" here; expected P2 or an errno name");
        assertThat(error("P0: fork() = EAGAIN\nP0: fork() = P2"))
                .isEqualTo("x.vma:2:14: fork cannot give \"P2\" here; expected P1 or an errno name");
        assertThat(error("P0: fork()\nP0: fork() = P3"))
                .isEqualTo("x.vma:2:14: fork cannot give \"P3\" here; expected P1 to P2 or an errno name");
    }

    @Test
    void theHeaderStandsAboveTheCallsAndHasEachKeyOnce() {
        assertThat(error("P0: fork()\npages: 8"))
                .isEqualTo("x.vma:2:1: key \"pages\" after a call; expected all keys above the first call");
        assertThat(error("pages: 8\npages: 8"))
                .isEqualTo("x.vma:2:1: key \"pages\" stands there twice; expected each key once");
        assertThat(error("pages: # many"))
                .isEqualTo("x.vma:1:7: key \"pages\" has no value; expected \"pages: VALUE\"");
        assertThat(error("pages: 3")).isEqualTo("x.vma:1:8: pages 3 is out of range; expected 4 to 4096");
        assertThat(error("max-map-count: 0"))
                .isEqualTo("x.vma:1:16: max-map-count 0 is out of range; expected 1 to 2147483647");
    }

    @Test
    void anErrorCarriesItsParts() {
        ParseException error =
                catchThrowableOfType(ParseException.class, () -> HistoryParser.parse("x.vma", "\n  P0: brk(65)"));
        assertThat(error.place()).isEqualTo(new Place("x.vma", 2, 11));
        assertThat(error.problem()).isEqualTo("address 65 is out of range");
        assertThat(error.expected()).isEqualTo("a page number from 0 to 64");
    }

    @Test
    void aTextWithTooManyCallsIsRefused() {
        String most = "P0: fork()\n".repeat(HistoryParser.MOST_CALLS);
        assertThat(HistoryParser.history(most).size()).isEqualTo(10_000);
        assertThat(error(most + "P0: fork()")).isEqualTo("x.vma:10001:1: too many calls; expected at most 10000");
    }

    @Test
    void longNamesAreCutInErrors() {
        assertThat(error("P0: " + "x".repeat(5000) + "()"))
                .startsWith("x.vma:1:5: unknown call \"" + "x".repeat(40) + "...\"; expected one of mmap");
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThat(error("P0: fork()\n\0\0"))
                .isEqualTo("x.vma:2:1: control character 0x00, so this is no text; expected a history as UTF-8 text");
        assertThatThrownBy(() -> SourceText.decode("x.vma", new byte[] {'a', '\n', 'b', (byte) 0xff}))
                .hasMessage("x.vma:2:2: these bytes are not UTF-8; expected a history as UTF-8 text");
        assertThatThrownBy(() -> SourceText.decode("x.vma", new byte[] {'a', (byte) 0xc3}))
                .as("cut in the middle of a character")
                .hasMessage("x.vma:1:2: these bytes are not UTF-8; expected a history as UTF-8 text");
        assertThatThrownBy(() -> SourceText.decode("x.vma", new byte[(1 << 20) + 1]))
                .hasMessage("x.vma:1:1: the file is too large; expected at most 1048576 bytes");
        assertThat(SourceText.decode("x.vma", "ü\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ü\n");
    }

    private static String error(String text) {
        return catchThrowableOfType(ParseException.class, () -> HistoryParser.parse("x.vma", text))
                .getMessage();
    }
}
