package vmacheck.report;

import io.vavr.collection.Vector;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.model.AnonVma;
import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// The picture of one address space: a box for each VMA, in it a line for each page.
///
/// @param marked the pages that a violation concerns
record SpaceDrawing(Machine machine, Process process, Vector<Integer> marked) {
    /// Stands left of what a violation concerns.
    static final String MARK = "▶";

    /// What the permission column says already, and what nearly every VMA has.
    private static final long UNSAID =
            VmFlags.ACCESS | VmFlags.MAY_ACCESS | VmFlags.SHARED | VmFlags.MAYSHARE | VmFlags.SOFTDIRTY;

    String draw() {
        var space = process.space();
        String counts = "map_count " + space.mapCount() + ", total " + space.totalVm() + ", data " + space.dataVm()
                + ", locked " + space.lockedVm();
        String heap = space.brk() == space.startBrk() ? "" : ", heap " + space.startBrk() + " to " + space.brk();
        String title = Names.process(process.id()) + "  " + counts + heap + "\n";
        Vector<Box> boxes = boxes();
        return boxes.isEmpty() ? title + "  nothing mapped\n" : title + Shelf.draw(boxes);
    }

    private Vector<Box> boxes() {
        Vector<Box> boxes = Vector.empty();
        int from = 0;
        var space = process.space();
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            boxes = boxes.appendAll(strays(from, vma.start()))
                    .append(new Box(vma.start(), vma.end(), head(vma), body(vma.start(), vma.end()), false));
            from = Math.max(from, vma.end());
        }
        return boxes.appendAll(strays(from, machine.setup().pages()));
    }

    /// Pages outside all VMAs that have an entry all the same, or that a violation concerns.
    private Vector<Box> strays(int start, int end) {
        Vector<Box> boxes = Vector.empty();
        for (int page = start; page < end; page++) {
            int first = page;
            while (page < end && (process.space().pages().get(page) != null || marked.contains(page))) {
                page++;
            }
            if (first < page) {
                boxes = boxes.append(new Box(first, page, Vector.of("no VMA"), body(first, page), true));
            }
        }
        return boxes;
    }

    private Vector<String> head(Vma vma) {
        Vector<String> lines = Vector.of(VmFlags.toPerm(vma.flags()) + "  pgoff " + vma.pgoff());
        lines = lines.append(
                vma.isFaulted() || vma.chain().size() > 0
                        ? "anon_vma " + anonVma(vma.anonVma()) + "  chain " + chain(vma.chain())
                        : vma.isPrivate() ? "no anon_vma" : "shared");
        if (!vma.isAnonymous()) {
            lines = lines.append("file " + Names.file(vma.file()));
        }
        if (vma.policy() != Vma.NONE) {
            lines = lines.append("policy " + vma.policy());
        }
        if (vma.uffd() != Vma.NONE) {
            lines = lines.append("userfaultfd " + vma.uffd());
        }
        if (!vma.name().isEmpty()) {
            lines = lines.append("name " + vma.name());
        }
        String flags = VmFlags.toSmaps(vma.flags() & ~UNSAID);
        return flags.isEmpty() ? lines : lines.append("flags " + flags);
    }

    private String chain(Chain chain) {
        Vector<String> names = Vector.range(0, chain.size()).map(i -> anonVma(chain.get(i)));
        return names.isEmpty() ? "empty" : names.mkString(" ");
    }

    private String anonVma(int id) {
        AnonVma found = machine.anonVmas().get(id);
        return Names.anonVma(id) + (found != null && found.freed() ? "(freed)" : "");
    }

    /// A line for each page with an entry or a mark; runs of empty pages take one line.
    private Vector<String> body(int start, int end) {
        Vector<String> lines = Vector.empty();
        for (int page = start; page < end; page++) {
            int first = page;
            while (page + 1 < end && isPlainEmpty(page) && isPlainEmpty(page + 1)) {
                page++;
            }
            String range = first == page ? "" + page : first + "-" + page;
            String mark = marked.contains(page) ? MARK : "";
            lines = lines.append(
                    mark + range + " " + entry(process.space().pages().get(page)));
        }
        return lines;
    }

    private boolean isPlainEmpty(int page) {
        return process.space().pages().get(page) == null && !marked.contains(page);
    }

    private String entry(@Nullable Pte pte) {
        return switch (pte) {
            case null -> "-";
            case Pte.Present(int folio, boolean writable) -> present(folio, writable);
            case Pte.Zero _ -> "Z";
            case Pte.Guard _ -> "G";
            case Pte.Swap(int slot, boolean exclusive) -> swapped(slot, exclusive);
        };
    }

    private String present(int id, boolean writable) {
        Folio folio = machine.folios().get(id);
        if (folio == null) {
            return Names.folio(id) + " freed" + (writable ? " w" : "");
        }
        String mapping = folio.anonymous() ? anonVma(folio.mapping()) : Names.inode(machine, folio.mapping());
        return Names.folio(id) + "(" + mapping + "," + folio.index() + ") ×" + folio.mapcount()
                + (folio.exclusive() ? " E" : "")
                + (writable ? " w" : "")
                + (folio.lazyFree().given() ? " lazyfree" : "")
                + (folio.swapSlot() == Vma.NONE ? "" : " swapcache " + folio.swapSlot())
                + " =" + contents(folio.content());
    }

    private String swapped(int id, boolean exclusive) {
        SwapSlot slot = machine.slots().get(id);
        String contents = slot == null ? " freed" : " ×" + slot.count() + " =" + contents(slot.content());
        String cached = slot == null || slot.cached() == Vma.NONE ? "" : " cached " + Names.folio(slot.cached());
        return "swap " + id + (exclusive ? " E" : "") + contents + cached;
    }

    private static String contents(int token) {
        return ResultText.print(new Result.Value(token));
    }
}
