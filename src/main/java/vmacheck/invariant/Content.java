package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Folio;
import vmacheck.model.Inode;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;

/// What a process would read, found out by looking, without an access that changes something.
public final class Content {
    /// No VMA.
    public static final int UNMAPPED = -1;
    /// A guard: SIGSEGV.
    public static final int GUARD = -2;
    /// Behind the end of the file: SIGBUS.
    public static final int NO_PAGE = -3;
    /// An entry that names something freed.
    public static final int LOST = -4;

    private Content() {}

    /// The token at a page, whether or not the process may read it, or one of the constants above.
    public static int at(Machine machine, AddressSpace space, int page) {
        return of(machine, space.vmaAt(page), space.pages().get(page), page);
    }

    static int of(Machine machine, @Nullable Vma vma, @Nullable Pte pte, int page) {
        if (vma == null) {
            return UNMAPPED;
        }
        return switch (pte) {
            case null -> vma.isAnonymous() ? 0 : ofFile(machine, vma.file(), vma.indexOf(page));
            case Pte.Present present -> ofFolio(machine, present.folio());
            case Pte.Zero _ -> 0;
            case Pte.Guard _ -> GUARD;
            case Pte.Swap swap -> {
                SwapSlot slot = machine.slots().get(swap.slot());
                yield slot == null
                        ? LOST
                        : slot.cached() == Vma.NONE ? slot.content() : ofFolio(machine, slot.cached());
            }
        };
    }

    private static int ofFolio(Machine machine, int id) {
        Folio folio = machine.folios().get(id);
        return folio == null ? LOST : folio.content();
    }

    /// What a page of a file holds.
    static int ofFile(Machine machine, int file, int index) {
        OpenFile open = machine.files().get(file);
        return open == null ? LOST : ofInode(machine, open.inode(), index);
    }

    static int ofInode(Machine machine, int id, int index) {
        Inode inode = machine.inodes().get(id);
        if (inode == null) {
            return LOST;
        }
        if (index < 0 || index >= inode.size()) {
            return NO_PAGE;
        }
        Integer cached = inode.cache().get(index);
        return cached == null ? inode.initialContent(index) : ofFolio(machine, cached);
    }

    /// What was found, in words.
    public static String text(int content) {
        return switch (content) {
            case UNMAPPED -> "nothing mapped";
            case GUARD -> "a guard";
            case NO_PAGE -> "the end of the file";
            case LOST -> "freed memory";
            default -> Integer.toString(content);
        };
    }

    /// Whether it is what MADV_FREE gave up, which may turn to zeros at any time.
    static boolean isGivenUp(Machine machine, @Nullable Pte pte) {
        return pte instanceof Pte.Present(int id, _)
                && machine.folios().get(id) instanceof Folio folio
                && folio.lazyFree().given();
    }
}
