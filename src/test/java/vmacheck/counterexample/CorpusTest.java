package vmacheck.counterexample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vmacheck.call.HistoryParser;
import vmacheck.call.ParseException;

class CorpusTest {
    @TempDir
    private Path folder;

    @Test
    void aCounterexampleIsNamedByRulesInvariantAndHistory() {
        assertThat(corpus().save(example("brk(50)")))
                .isEqualTo(folder.resolve("counterexamples/linux-6.16/chain-covers-854a3f1b.vma"));
    }

    @Test
    void whatWasSavedIsLoadedAndListedInOrder() {
        Vector<Counterexample> examples =
                Vector.of("brk(50)", "brk(51)", "brk(52)").map(CorpusTest::example);
        Vector<Path> files = examples.map(corpus()::save);
        assertThat(files.map(Corpus::load)).isEqualTo(examples);
        assertThat(corpus().list()).isEqualTo(files.sorted()).hasSize(3);
    }

    @Test
    void aCorpusWithoutAFolderIsEmpty() {
        assertThat(corpus().list()).isEmpty();
    }

    @Test
    void savingLeavesNothingElseBehind() {
        Path file = corpus().save(example("brk(50)"));
        assertThat(file.getParent()).isDirectoryContaining(file::equals);
        assertThat(filesIn(file.getParent())).containsExactly(file);
    }

    @Test
    void theSameHistoryFoundAgainLeavesItsFileAsItIs() throws IOException {
        Path file = corpus().save(example("brk(50)"));
        String annotated = Files.readString(file) + "# the break moves\n";
        Files.writeString(file, annotated);
        Counterexample again = example("brk(50)");
        Counterexample otherSeed =
                new Counterexample(again.rules(), again.violates(), "seed 7", again.holds(), again.transcript());
        assertThat(corpus().save(otherSeed)).isEqualTo(file).hasContent(annotated);
    }

    @Test
    void aFileThatSaysSomethingElseIsReplaced() throws IOException {
        Path file = corpus().save(example("brk(50)"));
        Counterexample more = example("brk(50)").withHolds(Vector.of("never-merge"));
        assertThat(corpus().save(more)).isEqualTo(file);
        assertThat(Corpus.load(file)).isEqualTo(more);

        Files.writeString(file, "vmacheck: 1\nrul");
        corpus().save(more);
        assertThat(Corpus.load(file)).isEqualTo(more);
    }

    @Test
    void aShrunkCounterexampleTakesThePlaceOfTheLongOne() {
        Path first = corpus().save(example("brk(50)"));
        Path second = corpus().replace(first, example("brk(51)"));
        assertThat(corpus().list()).containsExactly(second);
        assertThat(corpus().replace(second, example("brk(51)")))
                .isEqualTo(second)
                .exists();
    }

    @Test
    void theResultsAreNoPartOfTheName() {
        assertThat(corpus().pathOf(example("brk(50) = 50"))).isEqualTo(corpus().pathOf(example("brk(50)")));
    }

    @Test
    void namesOfRulesDoNotLeadOutOfTheCorpus() throws IOException {
        Counterexample example = example("brk(50)");
        for (String name : new String[] {"../../etc", "..", "/tmp/My Rules.java", ".hidden"}) {
            Counterexample hostile = new Counterexample(
                    name, example.violates(), example.found(), example.holds(), example.transcript());
            Path file = corpus().save(hostile);
            assertThat(file.toRealPath().getParent().getParent())
                    .isEqualTo(corpus().root().toRealPath());
            assertThat(Corpus.load(file)).isEqualTo(hostile);
        }
        assertThat(corpus().list()).hasSize(4);
    }

    @Test
    void anInterruptDoesNotKeepACounterexampleFromBeingSaved() {
        Thread.currentThread().interrupt();
        Path file = corpus().save(example("brk(50)"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).exists();
    }

    @Test
    void severalThreadsCanSaveTheSame() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Vector<Future<Path>> saved =
                    Vector.range(0, 200).map(i -> threads.submit(() -> corpus().save(example("brk(" + i % 3 + ")"))));
            for (Future<Path> file : saved) {
                assertThat(file.get()).exists();
            }
        }
        assertThat(corpus().list()).hasSize(3);
        assertThat(filesIn(folder.resolve("counterexamples/linux-6.16"))).hasSize(3);
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithARemedy() throws IOException {
        Files.writeString(folder.resolve("counterexamples"), "a file");
        Path root = corpus().root();
        String message = "cannot write " + root + ": " + root
                + " is not a folder; make the folder writable or choose another one";
        assertThatThrownBy(() -> corpus().save(example("brk(50)")))
                .isInstanceOf(CorpusException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> corpus().requireWritable())
                .isInstanceOf(CorpusException.class)
                .hasMessage(message);
    }

    @Test
    void aFileThatIsInTheWayOfAFolderIsNamed() throws IOException {
        Files.createDirectories(corpus().root());
        Files.writeString(corpus().root().resolve("linux-6.16"), "a file");
        assertThatThrownBy(() -> corpus().save(example("brk(50)")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("linux-6.16 is not a folder; make the folder writable");
    }

    @Test
    void aFolderThatCanBeWrittenIsNotCreatedBeforeItIsNeeded() {
        assertThatCode(() -> corpus().requireWritable()).doesNotThrowAnyException();
        assertThat(corpus().root()).doesNotExist();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        Path missing = folder.resolve("missing.vma");
        assertThatThrownBy(() -> Corpus.load(missing))
                .isInstanceOf(CorpusException.class)
                .hasMessage("cannot read " + missing + ": no such file; give the path of a readable *.vma file");
        assertThatThrownBy(() -> Corpus.load(folder))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("Is a directory");
    }

    @Test
    void anEnormousFileIsRefusedUnread() throws IOException {
        Path file = folder.resolve("large.vma");
        Files.writeString(file, "# large\n".repeat(200_000));
        assertThatThrownBy(() -> Corpus.load(file))
                .isInstanceOf(ParseException.class)
                .hasMessage(file + ":1:1: the file is too large; expected at most 1048576 bytes");
    }

    private Corpus corpus() {
        return new Corpus(folder.resolve("counterexamples"));
    }

    private static Counterexample example(String call) {
        return new Counterexample(
                "linux-6.16",
                "chain-covers",
                "seed 42, history 17",
                Vector.of("linux-6.18"),
                HistoryParser.parse("test", "P0: " + call));
    }

    private static Vector<Path> filesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return Vector.ofAll(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
