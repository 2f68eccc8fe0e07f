package vmacheck.check.generate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.check.trial.Kind;
import vmacheck.model.Setup;

/// What one history does often, seldom and never.
///
/// Each history gets habits of its own (swarm testing): a call that is possible everywhere keeps others from ever
/// meeting each other undisturbed, a history without it goes deeper. So every kind of call, protection, advice and flag
/// is missing in a good part of all histories and frequent in another.
final class Habits {
    private static final Kind[] KINDS = Kind.values();
    private static final Advice[] ALL_ADVICE = Advice.values();
    private static final int[] PROTS = {
        Prot.READ | Prot.WRITE,
        Prot.READ,
        Prot.NONE,
        Prot.READ | Prot.EXEC,
        Prot.READ | Prot.WRITE | Prot.EXEC,
        Prot.WRITE,
        Prot.EXEC,
        Prot.WRITE | Prot.EXEC
    };
    private static final int[] EXTRA_MAP_FLAGS = {
        MapFlags.LOCKED, MapFlags.NORESERVE, MapFlags.POPULATE, MapFlags.NOREPLACE
    };
    private static final int[] WINDOWS = {4, 6, 8, 8, 10, 12, 16, 16, 24, 48, Integer.MAX_VALUE};

    final Setup setup;
    /// Pages that new mappings are put on, counted from 0.
    final int window;
    /// Processes alive at once, and ever.
    final int mostAlive;
    final int mostEver;
    /// Percent of arguments that are drawn without looking at the machine.
    final int senseless;
    /// Percent of mappings that belong to a file or are shared.
    final int files;
    final int sharedAnonymous;
    /// Percent of moves whose destination is where the pages' offsets fit.
    final int homing;
    /// Percent of ranges that reach over several VMAs.
    final int wide;
    /// Percent of calls that go where the last one went.
    final int staying;
    /// Percent of calls by the youngest process.
    final int youngest;
    final int extraMapFlags;
    final int[] prots;
    final Advice[] advice;
    private final int[] weights = new int[KINDS.length];
    private final int totalWeight;

    Habits(Luck luck, @Nullable Setup givenSetup) {
        setup = givenSetup == null ? setup(luck) : givenSetup;
        window = Math.min(setup.pages(), WINDOWS[luck.below(WINDOWS.length)]);
        mostAlive = luck.percent(10) ? luck.between(5, 6) : luck.between(1, 4);
        mostEver = mostAlive == 1 ? 1 : mostAlive + luck.below(4);
        senseless = luck.percent(20) ? 10 : 2;
        files = luck.percent(35) ? luck.between(10, 70) : 0;
        sharedAnonymous = luck.percent(25) ? luck.between(5, 40) : 0;
        homing = luck.between(20, 70);
        wide = luck.between(2, 30);
        staying = luck.between(10, 60);
        youngest = luck.between(10, 80);
        extraMapFlags = subset(luck, EXTRA_MAP_FLAGS);
        prots = prots(luck);
        advice = advice(luck);
        for (Kind kind : KINDS) {
            weights[kind.ordinal()] = weight(luck, kind);
        }
        if (luck.percent(40)) {
            preferOne(luck);
        }
        totalWeight = Arrays.stream(weights).sum();
    }

    private static Setup setup(Luck luck) {
        int pages = switch (luck.below(12)) {
            case 0 -> 16;
            case 1 -> 24;
            default -> Setup.DEFAULT_PAGES;
        };
        int limit = luck.percent(12) ? luck.between(1, 14) : Setup.DEFAULT_MAX_MAP_COUNT;
        int memlock = luck.percent(6) ? luck.below(7) : Setup.UNLIMITED;
        int commit = luck.percent(5) ? luck.below(16) : Setup.UNLIMITED;
        return new Setup(pages, limit, memlock, commit);
    }

    private static int subset(Luck luck, int[] bits) {
        int set = 0;
        for (int bit : bits) {
            set |= luck.percent(40) ? bit : 0;
        }
        return set;
    }

    private static int[] prots(Luck luck) {
        int count = luck.percent(70) ? luck.between(1, 3) : PROTS.length;
        int[] chosen = new int[count];
        chosen[0] = PROTS[0];
        for (int i = 1; i < count; i++) {
            chosen[i] = count == PROTS.length ? PROTS[i] : PROTS[luck.below(PROTS.length)];
        }
        return chosen;
    }

    private static Advice[] advice(Luck luck) {
        if (luck.percent(15)) {
            return ALL_ADVICE;
        }
        Advice[] chosen = new Advice[luck.between(1, 6)];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = ALL_ADVICE[luck.below(ALL_ADVICE.length)];
        }
        return chosen;
    }

    private static int usual(Kind kind) {
        return switch (kind) {
            case WRITE -> 16;
            case MMAP, MPROTECT, MADVISE -> 10;
            case MREMAP -> 14;
            case FORK -> 6;
            case MUNMAP -> 5;
            case READ, RECLAIM, MLOCK -> 4;
            case EXIT, BRK, SWAPIN, MUNLOCK -> 3;
            case MLOCK2 -> 2;
            case MLOCKALL, MUNLOCKALL, MSEAL, EXECVE -> 1;
        };
    }

    /// Nothing happens without mmap and write; each other kind is off in a third of the histories or more.
    private static int weight(Luck luck, Kind kind) {
        boolean needed = kind == Kind.MMAP || kind == Kind.WRITE;
        if (!needed && luck.percent(kind == Kind.MREMAP || kind == Kind.FORK ? 20 : 40)) {
            return 0;
        }
        return usual(kind) * 4 << luck.below(3);
    }

    /// One kind of call, whichever it is, as often as all others together, or half or a quarter as often: what is
    /// seldom
    /// otherwise meets itself here.
    private void preferOne(Luck luck) {
        int kind = luck.below(KINDS.length);
        int others = Arrays.stream(weights).sum() - weights[kind];
        weights[kind] = Math.max(weights[kind], others >> luck.below(3));
    }

    Kind kind(Luck luck) {
        int left = luck.below(totalWeight);
        int i = 0;
        while (left >= weights[i]) {
            left -= weights[i++];
        }
        return KINDS[i];
    }
}
