package vmacheck.check.generate;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.LockAllFlags;
import vmacheck.check.trial.Kind;
import vmacheck.kernel.Kernel;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Setup;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Makes one history, call by call. It sees the machine so far, so that calls hit interesting places: whole VMAs and
/// halves, seams and holes, memory that comes back to where its offsets fit, forks of forks with exits in the middle.
///
/// The history depends on the seed, the index and the machines that it is shown, and on nothing else.
public final class Generator {
    private static final int TRIES = 4;

    private final Luck luck;
    private final Habits habits;
    private final Aim aim;
    private final Mappings mappings;
    private final Moves moves;

    public Generator(long seed, long index) {
        this(seed, index, null);
    }

    /// @param setup the setup of the history, or null to choose one
    public Generator(long seed, long index, @Nullable Setup setup) {
        luck = new Luck(seed, index);
        habits = new Habits(luck, setup);
        aim = new Aim(luck, habits);
        mappings = new Mappings(luck, habits, aim);
        moves = new Moves(luck, habits, aim);
    }

    /// A whole history, as a kernel runs it.
    public static History history(Kernel kernel, long seed, long index, int length) {
        Generator generator = new Generator(seed, index);
        Machine machine = Machine.start(generator.setup());
        List<Call> calls = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            Call call = generator.next(machine);
            calls.add(call);
            machine = kernel.step(machine, call).after();
        }
        return new History(generator.setup(), Vector.ofAll(calls));
    }

    public Setup setup() {
        return habits.setup;
    }

    /// The call that comes next.
    public Call next(Machine machine) {
        for (int i = 0; i < TRIES; i++) {
            Call call = attempt(machine);
            if (call != null) {
                return call;
            }
        }
        int process = process(machine);
        AddressSpace space = space(machine, process);
        return new Call.Write(process, aim.page(space));
    }

    /// A call of a random kind, or null if it would make no sense now.
    private @Nullable Call attempt(Machine machine) {
        int process = process(machine);
        AddressSpace space = space(machine, process);
        Kind kind = space.vmas().size() == 0 && !luck.percent(20) ? Kind.MMAP : habits.kind(luck);
        return switch (kind) {
            case MMAP -> mappings.mmap(process, space);
            case MREMAP -> moves.mremap(process, space);
            case MPROTECT -> mappings.mprotect(process, space);
            case MUNMAP, MADVISE, MLOCK, MLOCK2, MUNLOCK, MSEAL -> onRange(kind, process, space);
            case BRK -> brk(process, space);
            case READ -> new Call.Read(process, aim.page(space));
            case WRITE -> new Call.Write(process, aim.page(space));
            case RECLAIM, SWAPIN -> event(kind, process, space);
            case MLOCKALL -> new Call.Mlockall(process, lockAllFlags());
            case MUNLOCKALL -> new Call.Munlockall(process);
            case FORK -> fork(machine, process);
            case EXIT -> exit(machine);
            case EXECVE -> new Call.Execve(process);
        };
    }

    private Call onRange(Kind kind, int process, AddressSpace space) {
        Range range = aim.around(space);
        int addr = range.start();
        int length = range.length();
        return switch (kind) {
            case MUNMAP -> new Call.Munmap(process, addr, length);
            case MLOCK -> new Call.Mlock(process, addr, length);
            case MLOCK2 -> new Call.Mlock2(process, addr, length, !luck.percent(20));
            case MUNLOCK -> new Call.Munlock(process, addr, length);
            case MSEAL -> new Call.Mseal(process, addr, length);
            default -> new Call.Madvise(process, addr, length, advice(space, addr));
        };
    }

    private Advice advice(AddressSpace space, int page) {
        Vma vma = space.vmaAt(page);
        if (vma != null && luck.percent(35)) {
            Advice undo = undo(vma);
            if (undo != null) {
                return undo;
            }
        }
        return habits.advice[luck.below(habits.advice.length)];
    }

    /// What makes the VMA equal to its neighbours again, perhaps.
    private static @Nullable Advice undo(Vma vma) {
        return vma.has(VmFlags.DONTCOPY)
                ? Advice.DOFORK
                : vma.has(VmFlags.DONTDUMP)
                        ? Advice.DODUMP
                        : vma.has(VmFlags.WIPEONFORK)
                                ? Advice.KEEPONFORK
                                : vma.has(VmFlags.SEQ_READ | VmFlags.RAND_READ)
                                        ? Advice.NORMAL
                                        : vma.has(VmFlags.MERGEABLE) ? Advice.UNMERGEABLE : null;
    }

    private Call brk(int process, AddressSpace space) {
        int wanted = switch (luck.below(8)) {
            case 0 -> aim.page(space);
            case 1 -> space.startBrk();
            case 2, 3 -> space.brk() - 1 - luck.below(2);
            default -> space.brk() + 1 + luck.below(3);
        };
        return new Call.Brk(process, Math.clamp(wanted, 0, aim.arena()));
    }

    private @Nullable Call event(Kind kind, int process, AddressSpace space) {
        boolean reclaim = kind == Kind.RECLAIM;
        int page = luck.percent(habits.senseless)
                ? aim.page(space)
                : aim.page(space, reclaim ? Pte.Present.class : Pte.Swap.class);
        if (page == Vma.NONE) {
            return null;
        }
        return reclaim ? new Call.Reclaim(process, page) : new Call.SwapIn(process, page);
    }

    private int lockAllFlags() {
        return switch (luck.below(6)) {
            case 0 -> LockAllFlags.CURRENT;
            case 1, 2 -> LockAllFlags.FUTURE;
            case 3 -> LockAllFlags.CURRENT | LockAllFlags.FUTURE;
            default -> luck.below(8);
        };
    }

    private @Nullable Call fork(Machine machine, int process) {
        int ever = machine.processes().size();
        return ever >= habits.mostEver || alive(machine) >= habits.mostAlive ? null : new Call.Fork(process);
    }

    /// Mostly a process in the middle of a chain of forks; the last one alive goes on.
    private @Nullable Call exit(Machine machine) {
        if (alive(machine) < 2) {
            return null;
        }
        int process = process(machine);
        Process found = machine.live(process);
        if (found != null && found.parent() != Vma.NONE && luck.coin() && machine.live(found.parent()) != null) {
            return new Call.Exit(found.parent());
        }
        return new Call.Exit(process);
    }

    private static int alive(Machine machine) {
        int alive = 0;
        for (int i = 0; i < machine.processes().size(); i++) {
            alive += machine.live(i) != null ? 1 : 0;
        }
        return alive;
    }

    /// A live process, often the youngest; seldom a dead one.
    private int process(Machine machine) {
        int count = machine.processes().size();
        int start = luck.percent(habits.youngest) ? count - 1 : luck.below(count);
        if (luck.percent(habits.senseless)) {
            return start;
        }
        for (int i = 0; i < count; i++) {
            int process = Math.floorMod(start - i, count);
            if (machine.live(process) != null) {
                return process;
            }
        }
        return start;
    }

    private static AddressSpace space(Machine machine, int process) {
        return Objects.requireNonNull(machine.processes().get(process)).space();
    }
}
