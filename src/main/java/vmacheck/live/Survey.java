package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.model.Setup;
import vmacheck.model.Vma;

/// A history by which a puppet finds out what a kernel can do.
final class Survey {
    private static final int ANONYMOUS = MapFlags.PRIVATE | MapFlags.ANONYMOUS;

    static final History HISTORY = new History(
            Setup.DEFAULT,
            Vector.of(
                    new Call.Mmap(0, 0, 1, Prot.READ, ANONYMOUS | MapFlags.FIXED, Vma.NONE, 0),
                    new Call.Madvise(0, 0, 1, Advice.MERGEABLE),
                    new Call.Madvise(0, 0, 1, Advice.NOHUGEPAGE),
                    new Call.Mmap(0, 0, 1, Prot.NONE, ANONYMOUS, Vma.NONE, 0),
                    new Call.Brk(0, Setup.DEFAULT.startBrk() + 1),
                    new Call.Mmap(0, 1, 1, Prot.WRITE, ANONYMOUS | MapFlags.FIXED | MapFlags.POPULATE, Vma.NONE, 0),
                    new Call.Read(0, 1)));

    static final Set<Aspect> ASPECTS = EnumSet.of(Aspect.RESULTS, Aspect.VMAS);

    private static final int MERGEABLE = 1;
    private static final int NOHUGEPAGE = 2;
    private static final int PLACED = 3;
    private static final int HEAP = 4;
    private static final int WRITE_ONLY = 6;

    private Survey() {}

    /// What the kernel itself can do, by what came of [#HISTORY].
    static Set<Ability> abilities(Observed observed, ObservationReader.Line.About about) {
        if (observed.steps().size() < HISTORY.size()) {
            throw new LiveException("the puppet does not work on this kernel: " + observed.trouble());
        }
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        if (about.swap()) {
            abilities.add(Ability.SWAP);
        }
        if (!observed.steps().get(MERGEABLE).result().equals("EINVAL")) {
            abilities.add(Ability.KSM);
        }
        if (!observed.steps().get(NOHUGEPAGE).result().equals("EINVAL")) {
            abilities.add(Ability.HUGE_PAGES);
        }
        if (observed.steps().get(PLACED).result().equals(Integer.toString(Setup.DEFAULT_PAGES - 1))) {
            abilities.add(Ability.TOP_DOWN);
        }
        if (hasPlainHeap(observed.steps().get(HEAP))) {
            abilities.add(Ability.PLAIN_HEAP);
        }
        if (!observed.steps().get(WRITE_ONLY).result().equals("SIGSEGV")) {
            abilities.add(Ability.WRITE_ONLY);
        }
        return abilities;
    }

    private static boolean hasPlainHeap(Observed.Step step) {
        List<Observed.Mapping> vmas = step.processes().getFirst().vmas();
        return vmas != null
                && vmas.stream()
                        .anyMatch(vma -> vma.start() == Setup.DEFAULT.startBrk()
                                && vma.perm().equals("rw-p"));
    }
}
