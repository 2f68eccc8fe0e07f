package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import vmacheck.call.Advice;
import vmacheck.call.MapFlags;
import vmacheck.call.RemapFlags;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// All calls with simple arguments on the first few pages, the ones of least weight first: what a call can be replaced
/// by without having anything to do with it.
final class Vocabulary {
    private static final int MOST_PAGES = 6;
    private static final int MOST_LENGTH = 3;

    private final int pages;
    private final int processes;
    private final List<Term> terms = new ArrayList<>();

    private Vocabulary(int pages, int processes) {
        this.pages = pages;
        this.processes = processes;
    }

    static Term[] of(Script script) {
        int[] named = Places.named(script);
        int top = named.length == 0 ? 1 : named[named.length - 1];
        Vocabulary vocabulary = new Vocabulary(Math.clamp(top, 1, MOST_PAGES), script.forks + 1);
        for (Kind kind : Kind.values()) {
            vocabulary.add(kind);
        }
        vocabulary.terms.sort(
                Comparator.<Term>comparingLong(term -> term.weight).thenComparing(Term::compareTo));
        return vocabulary.terms.toArray(Term[]::new);
    }

    private void add(Kind kind) {
        switch (kind) {
            case READ, WRITE, RECLAIM, SWAPIN -> eachPage(page -> put(kind, page));
            case MMAP -> eachRange(this::addMmap);
            case MPROTECT -> eachRange((addr, length) -> eachOf(8, prot -> put(kind, addr, length, prot)));
            case MREMAP -> eachRange(this::addMremap);
            case MADVISE ->
                eachRange((addr, length) -> eachOf(Advice.values().length, advice -> put(kind, addr, length, advice)));
            case MUNMAP, MLOCK, MUNLOCK, MSEAL -> eachRange((addr, length) -> put(kind, addr, length));
            case MLOCK2 -> eachRange((addr, length) -> put(kind, addr, length, 1));
            case BRK -> {}
            case MLOCKALL -> eachOf(8, flags -> put(kind, flags));
            case MUNLOCKALL, FORK, EXIT, EXECVE -> put(kind);
        }
    }

    private void addMmap(int addr, int length) {
        int base = MapFlags.PRIVATE | MapFlags.ANONYMOUS;
        for (int prot : new int[] {3, 1, 0}) {
            for (int extra : new int[] {0, MapFlags.FIXED, MapFlags.POPULATE, MapFlags.FIXED | MapFlags.POPULATE}) {
                put(Kind.MMAP, addr, length, prot, base | extra, Vma.NONE, 0);
            }
        }
        for (int offset = 0; offset < 2; offset++) {
            put(Kind.MMAP, addr, length, 3, MapFlags.PRIVATE, 0, offset);
            put(Kind.MMAP, addr, length, 3, MapFlags.PRIVATE | MapFlags.POPULATE, 0, offset);
        }
    }

    private void addMremap(int addr, int length) {
        int fixed = RemapFlags.MAYMOVE | RemapFlags.FIXED;
        eachPage(to -> {
            put(Kind.MREMAP, addr, length, length, fixed, to);
            put(Kind.MREMAP, addr, length, length, fixed | RemapFlags.DONTUNMAP, to);
        });
        put(Kind.MREMAP, addr, length, length + 1, 0, Vma.NONE);
        put(Kind.MREMAP, addr, length, length + 1, RemapFlags.MAYMOVE, Vma.NONE);
    }

    private void put(Kind kind, int... arguments) {
        for (int process = 0; process < processes; process++) {
            terms.add(Term.of(kind, process, arguments));
        }
    }

    private interface RangeAction {
        void accept(int addr, int length);
    }

    private void eachRange(RangeAction action) {
        for (int length = 1; length <= Math.min(pages, MOST_LENGTH); length++) {
            for (int addr = 0; addr + length <= pages; addr++) {
                action.accept(addr, length);
            }
        }
    }

    private void eachPage(IntConsumer action) {
        eachOf(pages, action);
    }

    private static void eachOf(int count, IntConsumer action) {
        IntStream.range(0, count).forEach(action);
    }
}
