package vmacheck.call;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.Random;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.model.Vma;

/// Histories that are well-formed but senseless: every call with every argument that the text form allows. What search
/// generates is a small part of them.
public final class AnyHistory {
    private final Random random;
    private final Setup setup;
    private int forks = 0;
    private int children = 0;

    private AnyHistory(Random random) {
        this.random = random;
        int[] pages = {Setup.FEWEST_PAGES, Setup.DEFAULT_PAGES, Setup.MOST_PAGES, 4 + random.nextInt(100)};
        int[] limits = {1, Setup.DEFAULT_MAX_MAP_COUNT, Integer.MAX_VALUE, 1 + random.nextInt(100)};
        int[] free = {0, Setup.UNLIMITED, Setup.UNLIMITED, random.nextInt(100)};
        this.setup = new Setup(
                pages[random.nextInt(4)], limits[random.nextInt(4)], free[random.nextInt(4)], free[random.nextInt(4)]);
    }

    /// A history with up to 20 calls, some with results.
    public static Transcript transcript(Random random) {
        return new AnyHistory(random).make(random.nextInt(20));
    }

    private Transcript make(int length) {
        Vector<Call> calls = Vector.empty();
        Vector<Option<Result>> results = Vector.empty();
        for (int i = 0; i < length; i++) {
            Call call = call();
            calls = calls.append(call);
            results = results.append(call instanceof Call.Fork ? forkResult() : result());
        }
        return new Transcript(new History(setup, calls), results);
    }

    private Call call() {
        int process = random.nextInt(forks + 1);
        int addr = random.nextInt(setup.pages() + 1);
        int length = lengthFrom(addr);
        int page = random.nextInt(setup.pages());
        return switch (random.nextInt(19)) {
            case 0 ->
                new Call.Mmap(
                        process,
                        addr,
                        length,
                        random.nextInt(8),
                        random.nextInt(256),
                        random.nextInt(Machine.NAMED_FILES + 1) - 1,
                        random.nextBoolean() ? 0 : random.nextInt(4096));
            case 1 -> new Call.Munmap(process, addr, length);
            case 2 -> new Call.Mprotect(process, addr, length, random.nextInt(8));
            case 3 -> {
                int newAddr = random.nextBoolean() ? Vma.NONE : random.nextInt(setup.pages() + 1);
                yield new Call.Mremap(
                        process, addr, length, lengthFrom(Math.max(newAddr, 0)), random.nextInt(8), newAddr);
            }
            case 4 -> new Call.Brk(process, addr);
            case 5 -> new Call.Madvise(process, addr, length, Advice.values()[random.nextInt(Advice.values().length)]);
            case 6 -> new Call.Mlock(process, addr, length);
            case 7 -> new Call.Mlock2(process, addr, length, random.nextBoolean());
            case 8 -> new Call.Munlock(process, addr, length);
            case 9 -> new Call.Mlockall(process, random.nextInt(8));
            case 10 -> new Call.Munlockall(process);
            case 11 -> new Call.Mseal(process, addr, length);
            case 12 -> {
                forks++;
                yield new Call.Fork(process);
            }
            case 13 -> new Call.Exit(process);
            case 14 -> new Call.Execve(process);
            case 15 -> new Call.Read(process, page);
            case 16 -> new Call.Write(process, page);
            case 17 -> new Call.Reclaim(process, page);
            default -> new Call.SwapIn(process, page);
        };
    }

    private int lengthFrom(int addr) {
        return random.nextInt(setup.pages() - addr + 1);
    }

    private Option<Result> forkResult() {
        return switch (random.nextInt(3)) {
            case 0 -> Option.none();
            case 1 -> failure();
            default -> Option.of(new Result.Child(++children));
        };
    }

    private Option<Result> result() {
        return switch (random.nextInt(5)) {
            case 0 -> Option.none();
            case 1 -> failure();
            case 2 -> Option.of(new Result.Fault(Result.Signal.values()[random.nextInt(2)]));
            case 3 -> Option.of(new Result.Value((1 + random.nextInt(4)) * 1_000_000 + random.nextInt(30) - 5));
            default -> Option.of(new Result.Value(random.nextInt(100)));
        };
    }

    private Option<Result> failure() {
        return Option.of(new Result.Failure(Errno.values()[random.nextInt(Errno.values().length)]));
    }
}
