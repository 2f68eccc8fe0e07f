package vmacheck.check.shrink;

import java.util.Arrays;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.check.trial.Kind;
import vmacheck.model.Setup;

/// A call as the shrinker sees it: its kind, its process and arguments by role, so that a pass need not know each kind.
final class Term {
    /// Weights of what is not an argument, see [Role#weight].
    private static final int KIND_SHIFT = 46;

    private static final int PROCESS_SHIFT = 16;

    final Kind kind;
    final int process;
    private final int[] arguments;
    final Call call;
    /// Its share in the weight of a history.
    final long weight;
    final long hash;

    private Term(Kind kind, int process, int[] arguments) {
        this.kind = kind;
        this.process = process;
        this.arguments = arguments;
        call = toCall(kind, process, arguments);
        weight = weigh();
        hash = hash();
    }

    static Term of(Call call) {
        return new Term(Kind.of(call), call.process(), argumentsOf(call));
    }

    static Term of(Kind kind, int process, int... arguments) {
        return new Term(kind, process, arguments);
    }

    Role[] roles() {
        return Roles.of(kind);
    }

    int get(int index) {
        return arguments[index];
    }

    Term with(int index, int value) {
        int[] copy = arguments.clone();
        copy[index] = value;
        return new Term(kind, process, copy);
    }

    Term by(int newProcess) {
        return newProcess == process ? this : new Term(kind, newProcess, arguments);
    }

    /// One past the last page of the range that starts at the place in argument `index`.
    int end(int index) {
        Role[] roles = roles();
        if (roles[index] == Role.PAGE) {
            return arguments[index] + 1;
        }
        boolean destination = roles[index] == Role.DESTINATION;
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == (destination ? Role.NEW_LENGTH : Role.LENGTH)) {
                return arguments[index] + arguments[i];
            }
        }
        return arguments[index];
    }

    /// Whether the text form knows this call.
    boolean fits(Setup setup) {
        Role[] roles = roles();
        for (int i = 0; i < roles.length; i++) {
            if (arguments[i] < roles[i].least()
                    || arguments[i] > roles[i].greatest(setup)
                    || (roles[i].isPlace() && end(i) > setup.pages())) {
                return false;
            }
        }
        return true;
    }

    private long weigh() {
        long sum = ((long) kind.ordinal() << KIND_SHIFT) + ((long) process << PROCESS_SHIFT);
        Role[] roles = roles();
        for (int i = 0; i < roles.length; i++) {
            sum += roles[i].weight(arguments[i]);
        }
        return sum;
    }

    private long hash() {
        long h = mix(kind.ordinal() + 1L);
        h = mix(h + process);
        for (int argument : arguments) {
            h = mix(h + argument);
        }
        return h;
    }

    /// Bijective, so that different sequences differ until chance has it otherwise.
    static long mix(long value) {
        long h = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 29)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 32);
    }

    /// By kind, then arguments, then process.
    int compareTo(Term other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int byArguments = Arrays.compare(arguments, other.arguments);
        return byArguments != 0 ? byArguments : Integer.compare(process, other.process);
    }

    boolean isSame(Term other) {
        return this == other || hash == other.hash && compareTo(other) == 0;
    }

    private static int[] argumentsOf(Call call) {
        return switch (call) {
            case Call.Mmap c -> ints(c.addr(), c.length(), c.prot(), c.flags(), c.file(), c.offset());
            case Call.Munmap c -> ints(c.addr(), c.length());
            case Call.Mprotect c -> ints(c.addr(), c.length(), c.prot());
            case Call.Mremap c -> ints(c.addr(), c.oldLength(), c.newLength(), c.flags(), c.newAddr());
            case Call.Brk c -> ints(c.addr());
            case Call.Madvise c -> ints(c.addr(), c.length(), c.advice().ordinal());
            case Call.Mlock c -> ints(c.addr(), c.length());
            case Call.Mlock2 c -> ints(c.addr(), c.length(), c.onFault() ? 1 : 0);
            case Call.Munlock c -> ints(c.addr(), c.length());
            case Call.Mlockall c -> ints(c.flags());
            case Call.Mseal c -> ints(c.addr(), c.length());
            case Call.Read c -> ints(c.page());
            case Call.Write c -> ints(c.page());
            case Call.Reclaim c -> ints(c.page());
            case Call.SwapIn c -> ints(c.page());
            case Call.Munlockall _, Call.Fork _, Call.Exit _, Call.Execve _ -> ints();
        };
    }

    private static int[] ints(int... values) {
        return values;
    }

    private static Call toCall(Kind kind, int process, int[] a) {
        return switch (kind) {
            case MMAP -> new Call.Mmap(process, a[0], a[1], a[2], a[3], a[4], a[5]);
            case MUNMAP -> new Call.Munmap(process, a[0], a[1]);
            case MPROTECT -> new Call.Mprotect(process, a[0], a[1], a[2]);
            case MREMAP -> new Call.Mremap(process, a[0], a[1], a[2], a[3], a[4]);
            case BRK -> new Call.Brk(process, a[0]);
            case MADVISE -> new Call.Madvise(process, a[0], a[1], Advice.values()[a[2]]);
            case MLOCK -> new Call.Mlock(process, a[0], a[1]);
            case MLOCK2 -> new Call.Mlock2(process, a[0], a[1], a[2] != 0);
            case MUNLOCK -> new Call.Munlock(process, a[0], a[1]);
            case MLOCKALL -> new Call.Mlockall(process, a[0]);
            case MUNLOCKALL -> new Call.Munlockall(process);
            case MSEAL -> new Call.Mseal(process, a[0], a[1]);
            case FORK -> new Call.Fork(process);
            case EXIT -> new Call.Exit(process);
            case EXECVE -> new Call.Execve(process);
            case READ -> new Call.Read(process, a[0]);
            case WRITE -> new Call.Write(process, a[0]);
            case RECLAIM -> new Call.Reclaim(process, a[0]);
            case SWAPIN -> new Call.SwapIn(process, a[0]);
        };
    }
}
