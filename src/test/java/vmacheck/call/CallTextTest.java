package vmacheck.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vmacheck.model.Vma;

class CallTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "P0: mmap(0, 3, rw, private|anonymous|fixed)",
                "P0: mmap(0, 3, rw, private|fixed, F0, 2)",
                "P0: mmap(0, 3, none, none)",
                "P0: mmap(0, 3, rwx, shared|anonymous|noreplace|locked|noreserve|populate, F3, 4095)",
                "P0: mmap(0, 3, r, private|anonymous, none, 5)",
                "P0: munmap(1, 2)",
                "P0: mprotect(1, 2, r)",
                "P0: mremap(0, 1, 1, maymove|fixed, 8)",
                "P0: mremap(0, 2, 4, none)",
                "P0: mremap(0, 0, 4, maymove|dontunmap, 0)",
                "P0: brk(50)",
                "P0: madvise(0, 2, dontfork)",
                "P0: madvise(0, 2, dontneed_locked)",
                "P0: mlock(0, 2)",
                "P0: mlock2(0, 2, onfault)",
                "P0: mlock2(0, 2, none)",
                "P0: munlock(0, 2)",
                "P0: mlockall(current|future|onfault)",
                "P0: munlockall()",
                "P0: mseal(0, 2)",
                "P0: fork()",
                "P0: exit()",
                "P0: execve()",
                "P0: read(1)",
                "P0: write(63)",
                "env: reclaim(P0, 1)",
                "env: swapin(P0, 1)"
            })
    void everyCallIsPrintedAsItIsRead(String line) {
        assertThat(CallText.print(only(line))).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "P0:munmap( 1,2 )                            > P0: munmap(1, 2)",
                "  P0 : munmap (1, 2)  # gone                > P0: munmap(1, 2)",
                "P0: mprotect(0, 1, 0)                       > P0: mprotect(0, 1, none)",
                "P0: mprotect(0, 1, -)                       > P0: mprotect(0, 1, none)",
                "P0: mprotect(0, 1, ---)                     > P0: mprotect(0, 1, none)",
                "P0: mprotect(0, 1, r--)                     > P0: mprotect(0, 1, r)",
                "P0: mprotect(0, 1, rw-)                     > P0: mprotect(0, 1, rw)",
                "P0: mprotect(0, 1, r-x)                     > P0: mprotect(0, 1, rx)",
                "P0: mprotect(0, 1, --x)                     > P0: mprotect(0, 1, x)",
                "P0: mremap(0, 1, 2, 0)                      > P0: mremap(0, 1, 2, none)",
                "P0: mremap(0, 1, 2, -)                      > P0: mremap(0, 1, 2, none)",
                "P0: mmap(0, 1, r, fixed | anon | private)   > P0: mmap(0, 1, r, private|anonymous|fixed)",
                "P0: mmap(0, 1, r, fixed_noreplace)          > P0: mmap(0, 1, r, noreplace)",
                "P0: madvise(0, 1, populate-write)           > P0: madvise(0, 1, populate_write)",
            })
    void otherSpellingsAreReadToo(String read, String printed) {
        assertThat(CallText.print(only(read))).isEqualTo(printed);
    }

    @Test
    void aCallCanBePrintedWithoutItsProcess() {
        assertThat(CallText.printBare(new Call.Munmap(3, 1, 2))).isEqualTo("munmap(1, 2)");
        assertThat(CallText.printBare(new Call.Reclaim(3, 1))).isEqualTo("reclaim(P3, 1)");
    }

    @Test
    void argumentsComeInTheOrderOfTheManPages() {
        assertThat(only("P0: mmap(4, 3, wx, private|fixed, F2, 1)"))
                .isEqualTo(new Call.Mmap(0, 4, 3, Prot.WRITE | Prot.EXEC, MapFlags.PRIVATE | MapFlags.FIXED, 2, 1));
        assertThat(only("P0: mremap(4, 3, 2, maymove)"))
                .isEqualTo(new Call.Mremap(0, 4, 3, 2, RemapFlags.MAYMOVE, Vma.NONE));
    }

    @Test
    void bitsWithoutANameAreNotPrintedAsSomethingElse() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallText.print(new Call.Mprotect(0, 0, 1, 8)));
        assertThatIllegalArgumentException().isThrownBy(() -> CallText.print(new Call.Mlockall(0, 8)));
        assertThatIllegalArgumentException().isThrownBy(() -> CallText.print(new Call.Mlockall(0, -1)));
    }

    private static Call only(String line) {
        return HistoryParser.history(line).calls().single();
    }
}
