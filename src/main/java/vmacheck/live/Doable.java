package vmacheck.live;

import io.vavr.collection.Vector;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.LockAllFlags;
import vmacheck.model.Setup;

/// What user space can ask of a kernel. Everything else is replaced by the call that comes next to it, before the model
/// does it, so that model and kernel do the same.
///
/// @param swap    whether there is swap; without it MADV_PAGEOUT does nothing
/// @param lockAll whether the memory that the puppet needs besides the arena may be locked, as mlockall does
/// @param lock    whether the pages of an arena may be locked
/// @param limit   whether `vm.max_map_count` may be set; a puppet that may not can only use up the mappings there are,
///                which takes a second
public record Doable(boolean swap, boolean lockAll, boolean lock, boolean limit) {
    /// Everything that a program can ask for.
    public static final Doable ALL = new Doable(true, true, true, true);

    /// The call itself, or what takes its place.
    ///
    /// Events of the environment have no system call: what a program can do about a page is to advise
    /// MADV_PAGEOUT, and to read it. An mremap of nothing at the end of the arena looks at what lies behind it,
    /// which is nobody's in the model and the puppet's on a kernel.
    public Call instead(Call call, Setup setup) {
        return switch (call) {
            case Call.Mremap mremap
            when mremap.addr() >= setup.pages() ->
                new Call.Mremap(
                        mremap.process(),
                        setup.pages() - 1,
                        mremap.oldLength(),
                        mremap.newLength(),
                        mremap.flags(),
                        mremap.newAddr());
            case Call.Reclaim(int process, int page) when swap -> new Call.Madvise(process, page, 1, Advice.PAGEOUT);
            case Call.Reclaim(int process, int page) -> new Call.Read(process, page);
            case Call.SwapIn(int process, int page) -> new Call.Read(process, page);
            case Call.Madvise(int process, int addr, int length, Advice advice)
            when advice == Advice.PAGEOUT && !swap -> new Call.Madvise(process, addr, length, Advice.COLD);
            case Call.Mlockall(int process, int flags)
            when !lock || (flags & LockAllFlags.CURRENT) != 0 && !lockAll -> new Call.Munlockall(process);
            case Call.Mlock(int process, int addr, int length) when !lock -> new Call.Munlock(process, addr, length);
            case Call.Mlock2(int process, int addr, int length, boolean _)
            when !lock -> new Call.Munlock(process, addr, length);
            default -> call;
        };
    }

    /// The setup itself, or one in which it takes no second to begin.
    public Setup instead(Setup setup) {
        return limit ? setup : new Setup(setup.pages(), Setup.DEFAULT_MAX_MAP_COUNT);
    }

    /// Whether all calls of a history can be done as they are.
    public boolean allows(History history) {
        return history.calls().forAll(call -> instead(call, history.setup()).equals(call));
    }

    /// What is left out, and why; one sentence each.
    public Vector<String> leftOut() {
        Vector<String> reasons = Vector.empty();
        if (!swap) {
            reasons = reasons.append("pages are never swapped out: no swap is enabled");
        }
        if (!lock) {
            reasons = reasons.append("memory is never locked: RLIMIT_MEMLOCK is smaller than the arena");
        } else if (!lockAll) {
            reasons = reasons.append("no mlockall(current): it needs root or a greater RLIMIT_MEMLOCK");
        }
        if (!limit) {
            reasons = reasons.append("the limit on mappings is never reached: only root can set vm.max_map_count");
        }
        return reasons;
    }
}
