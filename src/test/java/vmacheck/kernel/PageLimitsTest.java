package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vmacheck.call.HistoryParser;
import vmacheck.call.Transcript;
import vmacheck.check.trial.Trial;
import vmacheck.rules.linux.Linux;

/// The limits of locked and of committed pages, as a process without privileges and a kernel with strict overcommit
/// have them.
class PageLimitsTest {
    private static void check(String history) {
        Transcript expected = HistoryParser.parse("history", history);
        assertThat(Trial.of(Linux.V6_18).transcript(expected.history()).results())
                .isEqualTo(expected.results());
    }

    @Test
    void lockedPagesAreLimited() {
        check("""
            memlock: 3

            P0: mmap(0, 4, rw, private|anonymous) = 0
            P0: mlock(0, 4) = ENOMEM
            P0: mlock(0, 2) = 0
            P0: mlock(1, 2) = 0
            P0: mmap(8, 1, rw, private|anonymous|locked) = EAGAIN
            P0: munlock(0, 1) = 0
            P0: mmap(8, 1, rw, private|anonymous|locked) = 8
            P0: mremap(8, 1, 2, maymove) = EAGAIN
            P0: mlockall(current) = ENOMEM
            P0: mlockall(future) = 0
            P0: brk(49) = 48
            P0: mmap(16, 1, r, private|anonymous) = EAGAIN
            """);
    }

    @Test
    void nothingMayBeLockedWithoutALimit() {
        check("""
            memlock: 0

            P0: mmap(0, 1, rw, private|anonymous) = 0
            P0: mlock(0, 1) = EPERM
            P0: mlock2(0, 1, onfault) = EPERM
            P0: mlockall(current) = EPERM
            P0: mmap(1, 1, rw, private|anonymous|locked) = EPERM
            P0: munlockall() = 0
            """);
    }

    @Test
    void committedPagesAreLimited() {
        check("""
            commit-limit: 3

            P0: mmap(0, 4, rw, private|anonymous) = ENOMEM
            P0: mmap(0, 4, rw, private|anonymous|noreserve) = ENOMEM
            P0: mmap(0, 2, rw, private|anonymous) = 0
            P0: fork() = ENOMEM
            P0: brk(50) = 48
            P0: brk(49) = 49
            P0: mmap(2, 1, r, private|anonymous) = 2
            P0: mprotect(2, 1, rw) = ENOMEM
            P0: mremap(0, 2, 3, maymove) = ENOMEM
            P0: mremap(0, 2, 2, maymove|dontunmap) = ENOMEM
            P0: munmap(0, 2) = 0
            P0: fork() = P1
            P1: mmap(0, 1, rw, private|anonymous) = 0
            P1: mmap(1, 1, rw, private|anonymous) = ENOMEM
            P0: exit() = 0
            P1: mmap(1, 1, rw, private|anonymous) = 1
            """);
    }

    @Test
    void whatAFixedMappingReplacesPaysForIt() {
        check("""
            commit-limit: 2

            P0: mmap(0, 2, rw, private|anonymous) = 0
            P0: mmap(0, 2, rw, private|anonymous|fixed) = 0
            P0: mmap(1, 2, rw, private|anonymous|fixed) = ENOMEM
            P0: write(1) = 0
            """);
    }
}
