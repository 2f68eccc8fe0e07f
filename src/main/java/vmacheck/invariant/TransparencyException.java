package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.RemapFlags;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Setup;
import vmacheck.model.VmFlags;

/// All the ways in which user space can honestly tell that VMAs were merged; `invariants/transparent.md` explains them.
enum TransparencyException {
    /// A process is about to exceed `vm.max_map_count`: with merging it has fewer VMAs, and does so later.
    VMA_LIMIT,
    /// A call over several VMAs that meets the commit limit has done those before it, and merging makes them fewer.
    COMMIT_LIMIT,
    /// mremap stops at the end of a VMA, or gives up between two, where merging has left no end.
    MREMAP_ACROSS_BOUNDARY,
    /// mremap(dontunmap) unlocks the whole VMA that it takes pages from, however large merging has made it.
    DONTUNMAP_UNLOCKS,
    /// mprotect returns what was accounted only if nothing in the whole VMA was ever touched.
    MPROTECT_KEEPS_ACCOUNT;

    /// A call can have this many VMAs more on the way than the limit test at its start counts.
    private static final int NEAR = 6;

    /// Flags that are not compared at all: what soft-dirty tracking sees is told per page, not per VMA.
    static final long IGNORED = VmFlags.SOFTDIRTY;

    /// Flags that a merge spreads over all that it joins: there may be more of them, never fewer.
    static final long SPREADING = VmFlags.MAYBE_GUARD;

    /// The exception that allows a page to differ in some flags, or null.
    static @Nullable TransparencyException ofFlags(Call call, int process, int page, long difference) {
        if (call.process() != process) {
            return null;
        }
        return switch (call) {
            case Call.Mremap mremap
            when (mremap.flags() & RemapFlags.DONTUNMAP) != 0 && (difference & ~VmFlags.LOCK_BITS) == 0 ->
                DONTUNMAP_UNLOCKS;
            case Call.Mprotect(_, int addr, int length, _)
            when addr <= page && page < addr + length && difference == VmFlags.ACCOUNT -> MPROTECT_KEEPS_ACCOUNT;
            default -> null;
        };
    }

    /// The exception that allows a call to end differently, or to do more or less, or null.
    static @Nullable TransparencyException ofCall(Step step, Step shadow) {
        if (isNearLimit(step, shadow)) {
            return VMA_LIMIT;
        }
        if (step.before().setup().commitLimit() != Setup.UNLIMITED && (isRefused(step) || isRefused(shadow))) {
            return COMMIT_LIMIT;
        }
        return step.call() instanceof Call.Mremap mremap
                        && shadow.result() instanceof Result.Failure
                        && endsInside(shadow.before(), mremap) > endsInside(step.before(), mremap)
                ? MREMAP_ACROSS_BOUNDARY
                : null;
    }

    private static boolean isRefused(Step step) {
        return step.result() instanceof Result.Failure(Errno errno) && errno == Errno.ENOMEM;
    }

    private static boolean isNearLimit(Step step, Step shadow) {
        int process = step.call().process();
        int many = Math.max(mapCount(shadow.before(), process), mapCount(shadow.after(), process));
        // As many VMAs as without merging can still begin and end elsewhere.
        return (step.before() != shadow.before() || Judge.isMerged(step))
                && many + NEAR > step.before().setup().maxMapCount();
    }

    private static int mapCount(Machine machine, int process) {
        return machine.processes().get(process) instanceof Process found
                ? found.space().mapCount()
                : 0;
    }

    /// How many VMAs end inside the range that an mremap takes.
    private static int endsInside(Machine machine, Call.Mremap call) {
        Process process = machine.live(call.process());
        if (process == null) {
            return 0;
        }
        AddressSpace space = process.space();
        int ends = 0;
        for (int i = 0; i < space.vmas().size(); i++) {
            int end = space.vma(i).end();
            ends += call.addr() < end && end < call.addr() + call.oldLength() ? 1 : 0;
        }
        return ends;
    }
}
