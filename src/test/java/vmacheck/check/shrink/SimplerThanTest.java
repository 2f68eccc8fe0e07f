package vmacheck.check.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;

class SimplerThanTest {
    private static History history(String calls) {
        return HistoryParser.history(calls.replace("; ", "\n"));
    }

    @ParameterizedTest(name = "{0} is simpler than {1}")
    @CsvSource(delimiter = '>', textBlock = """
        P0: write(9)                        > P0: write(0); P0: write(0)
        P0: mremap(9, 9, 9, none); P0: brk(3) > P0: fork(); P0: fork()
        P0: fork(); P0: fork()              > P0: fork(); P0: fork(); P0: write(0)
        pages: 64; P0: mseal(0, 1)          > pages: 16; P0: write(0)
        pages: 16; P0: mseal(0, 1)          > max-map-count: 9; P0: write(0)
        max-map-count: 3; P0: mseal(0, 1)   > max-map-count: 9; P0: write(0)
        P0: write(63)                       > P0: read(0)
        P0: read(63)                        > P0: munmap(0, 1)
        P0: mprotect(9, 1, none)            > P0: mprotect(0, 2, rw)
        P0: mprotect(0, 1, rw)              > P0: mprotect(0, 1, r)
        P0: mprotect(0, 1, r)               > P0: mprotect(0, 1, w)
        P0: munmap(0, 1)                    > P0: munmap(0, 0)
        P0: mmap(9, 1, rw, private|anonymous) > P0: mmap(0, 1, rw, private|anonymous|fixed)
        P0: mmap(0, 1, rw, private|anonymous|populate) > P0: mmap(0, 1, rw, private|anonymous|locked)
        P0: mmap(0, 1, rw, private|anonymous) > P0: mmap(0, 1, rw, private, F0, 0)
        P0: mremap(0, 1, 1, maymove)        > P0: mremap(0, 1, 1, maymove|fixed, 0)
        P0: mremap(0, 1, 1, maymove|fixed, 9) > P0: mremap(0, 1, 1, maymove|dontunmap, 0)
        P0: fork(); P0: write(9)            > P0: fork(); P1: write(0)
        P0: mmap(0, 1, rw, private|anonymous); P0: write(0) > P0: write(0); P0: mmap(0, 2, rw, private|anonymous)
        P0: write(0); P0: mmap(0, 1, rw, private|anonymous) > P0: mmap(0, 1, rw, private|anonymous); P0: write(0)
        P0: write(0); P0: write(1)          > P0: write(1); P0: write(0)
        """)
    void orders(String simpler, String other) {
        assertThat(SimplerThan.ORDER.compare(history(simpler), history(other))).isNegative();
        assertThat(SimplerThan.ORDER.compare(history(other), history(simpler))).isPositive();
    }
}
