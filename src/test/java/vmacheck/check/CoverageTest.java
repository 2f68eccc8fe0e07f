package vmacheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vmacheck.check.trial.Checker;
import vmacheck.invariant.Level;

/// Everything that can be reached is reached, so that no invariant holds by never being tried. The file `reachable.txt`
/// lists the counters that must not be 0 under linux-6.18; all others must be.
class CoverageTest {
    private static final int HISTORIES = 100_000;

    private static Coverage coverage = new Coverage();

    @BeforeAll
    static void search() {
        SearchOptions options = SearchOptions.of(1).withHistories(HISTORIES).withWorkers(2);
        // The histories are the same with a judge, but take longer.
        Checker kernel = Scratch.checker("nothing", Level.SAFETY, _ -> null);
        SearchReport report = new Search(kernel, options, SearchListener.NONE).run();
        assertThat(report.histories()).isEqualTo(HISTORIES);
        coverage = report.coverage();
    }

    private static LinkedHashSet<String> listed() throws IOException {
        try (InputStream in = Objects.requireNonNull(CoverageTest.class.getResourceAsStream("reachable.txt"))) {
            return LinkedHashSet.ofAll(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        }
    }

    @Test
    void whatIsListedIsACounter() throws IOException {
        assertThat(coverage.counters().map(counter -> counter._1)).containsAll(listed());
    }

    @Test
    void whatCanBeReachedIsReached() throws IOException {
        LinkedHashSet<String> listed = listed();
        Vector<String> missed = coverage.counters()
                .filter(counter -> counter._2 == 0 && listed.contains(counter._1))
                .map(counter -> counter._1);
        assertThat(missed).isEmpty();
    }

    @Test
    void theListIsComplete() throws IOException {
        LinkedHashSet<String> listed = listed();
        Vector<String> unlisted = coverage.counters()
                .filter(counter -> counter._2 > 0 && !listed.contains(counter._1))
                .map(counter -> counter._1);
        assertThat(unlisted).isEmpty();
    }

    @Test
    void countsAddUp() {
        Coverage twice = new Coverage();
        twice.add(coverage);
        twice.add(coverage);
        assertThat(twice.counters().map(counter -> counter._2))
                .isEqualTo(coverage.counters().map(counter -> 2 * counter._2));
        for (int kind = 1; kind <= 8; kind++) {
            assertThat(coverage.merges(kind)).as("merges of kind %d", kind).isPositive();
        }
    }

    @Test
    void theTableShowsWhatWasSeen() {
        assertThat(coverage.table())
                .contains("  write = success\n")
                .contains("  merge 7: faulted + [faulted]\n")
                .contains("  refused: anon vma (existing range, next)\n")
                .contains("  reached: anon vma reused at fork\n")
                .contains("  counters are 0\n")
                .doesNotContain(" 0  write");
    }
}
