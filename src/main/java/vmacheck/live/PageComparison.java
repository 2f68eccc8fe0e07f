package vmacheck.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Difference.What;
import vmacheck.model.Folio;
import vmacheck.model.Inode;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Compares page tables: the state of each entry, what stands in the page, and which entries of all processes lead to
/// one physical page. Of these the numbers mean nothing: what must agree is which of them are equal.
///
/// A kernel maps more of a file than it is asked for: with a page that is read come its neighbours that are in the
/// page cache (`do_fault_around`, as many as `fault_around_bytes` says). So an entry that the model does not have is no
/// difference if it is in a file mapping and shows what stands in the file there.
final class PageComparison {
    record Mismatch(int page, What what, String model, String kernel) {}

    private final boolean frames;
    private final Map<Long, Long> frameOf = new HashMap<>();
    private final Map<Long, Long> pageIn = new HashMap<>();

    PageComparison(boolean frames) {
        this.frames = frames;
    }

    /// Begins a new machine.
    void begin() {
        frameOf.clear();
        pageIn.clear();
    }

    @Nullable
    Mismatch compare(Machine machine, Process process, List<Observed.Page> seen) {
        int at = 0;
        for (int page = 0; page < machine.setup().pages(); page++) {
            Observed.Page observed = at < seen.size() && seen.get(at).page() == page ? seen.get(at++) : null;
            Pte pte = process.space().pages().get(page);
            if (pte != null || observed != null) {
                Mismatch mismatch = compare(machine, process, page, pte, observed);
                if (mismatch != null) {
                    return mismatch;
                }
            }
        }
        return null;
    }

    private @Nullable Mismatch compare(
            Machine machine, Process process, int page, @Nullable Pte pte, Observed.@Nullable Page seen) {
        boolean same = switch (pte) {
            case null -> isAround(machine, process, page, seen);
            case Pte.Guard _ -> is(seen, Observed.State.GUARD);
            case Pte.Swap _ -> is(seen, Observed.State.SWAPPED);
            case Pte.Zero _ -> is(seen, frames ? Observed.State.ZERO : Observed.State.PRESENT) && holds(seen, 0);
            case Pte.Present(int folio, boolean _) ->
                is(seen, Observed.State.PRESENT)
                        && holds(seen, machine.folio(folio).content());
        };
        if (!same) {
            return new Mismatch(page, What.PAGE, print(machine, page, pte), print(page, seen));
        }
        return pte instanceof Pte.Present(int folio, boolean _) && seen != null
                ? shared(machine.folio(folio), page, seen.frame())
                : null;
    }

    private boolean isAround(Machine machine, Process process, int page, Observed.@Nullable Page seen) {
        Vma vma = process.space().vmaAt(page);
        Inode inode = mappedBy(machine, vma);
        if (vma == null || inode == null || !is(seen, Observed.State.PRESENT)) {
            return false;
        }
        return holds(seen, content(machine, inode, vma.indexOf(page)));
    }

    private static @Nullable Inode mappedBy(Machine machine, @Nullable Vma vma) {
        OpenFile open = vma == null ? null : machine.files().get(vma.file());
        return open == null ? null : machine.inodes().get(open.inode());
    }

    private static int content(Machine machine, Inode inode, int index) {
        Integer cached = inode.cache().get(index);
        return cached == null
                ? inode.initialContent(index)
                : machine.folio(cached).content();
    }

    /// Whether a kernel that refuses to fault a page in for a load, as User Mode Linux does in write-only memory, can
    /// read it all the same, as it was mapped with a neighbour.
    boolean readsAround(Machine machine, Process process, int page, String value) {
        Vma vma = process.space().vmaAt(page);
        Inode inode = mappedBy(machine, vma);
        if (vma == null || inode == null || !vma.has(VmFlags.WRITE) || vma.has(VmFlags.READ | VmFlags.EXEC)) {
            return false;
        }
        return process.space().pages().get(page) == null
                && value.equals(Integer.toString(content(machine, inode, vma.indexOf(page))));
    }

    private static boolean is(Observed.@Nullable Page seen, Observed.State state) {
        return seen != null && seen.state() == state;
    }

    private static boolean holds(Observed.@Nullable Page seen, long content) {
        return seen != null && (seen.value() == null || seen.value() == content);
    }

    private @Nullable Mismatch shared(Folio folio, int page, long frame) {
        if (!frames || frame == 0) {
            return null;
        }
        Long known = frameOf.putIfAbsent((long) folio.id(), frame);
        Long other = pageIn.putIfAbsent(frame, (long) folio.id());
        if (known != null && known != frame) {
            return new Mismatch(page, What.SHARING, "page " + page + " is one page with another", "a page of its own");
        }
        if (other != null && other != folio.id()) {
            return new Mismatch(page, What.SHARING, "page " + page + " is a page of its own", "one page with another");
        }
        return null;
    }

    private static String print(Machine machine, int page, @Nullable Pte pte) {
        return "page " + page
                + switch (pte) {
                    case null -> " has no entry";
                    case Pte.Guard _ -> " guarded";
                    case Pte.Swap _ -> " swapped";
                    case Pte.Zero _ -> " zero page";
                    case Pte.Present(int folio, boolean _) ->
                        " present with " + machine.folio(folio).content();
                };
    }

    private static String print(int page, Observed.@Nullable Page seen) {
        return "page " + page
                + switch (seen == null ? null : seen.state()) {
                    case null -> " has no entry";
                    case GUARD -> " guarded";
                    case SWAPPED -> " swapped";
                    case ZERO -> " zero page";
                    case PRESENT -> " present" + (seen == null || seen.value() == null ? "" : " with " + seen.value());
                };
    }
}
