package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Hidden;
import vmacheck.model.Vma;

/// The hidden fields of a kernel as parts of [ObservedDrawing], in the words of [SpaceDrawing]. Names are in small
/// letters, as they are none of the model's: `a0` is the first anon_vma that is seen in this picture.
final class HiddenDrawing {
    private final @Nullable Hidden hidden;

    /// @param hidden of one process, or null if they were not observed: then all texts are empty
    HiddenDrawing(@Nullable Hidden hidden) {
        this.hidden = hidden;
    }

    String pgoff(int start) {
        Hidden.Mapping vma = vma(start);
        return vma == null ? "" : "  pgoff " + vma.pgoff();
    }

    /// The anon_vma and the chain of the VMA that starts there, oldest first.
    Vector<String> anonVma(int start) {
        Hidden.Mapping vma = vma(start);
        if (vma == null || vma.anonVma() == Vma.NONE && vma.chain().isEmpty()) {
            return Vector.empty();
        }
        return Vector.of("anon_vma " + name(vma.anonVma()) + "  chain "
                + vma.chain().reverse().map(HiddenDrawing::name).mkString(" "));
    }

    /// What stands between the number of a physical page and its contents.
    String folio(int page) {
        if (hidden == null) {
            return "";
        }
        return Vector.ofAll(hidden.pages())
                .find(one -> one.page() == page)
                .map(HiddenDrawing::folio)
                .getOrElse("");
    }

    private static String folio(Hidden.Page page) {
        String mapping = page.file() == Vma.NONE ? name(page.anonVma()) : "f" + page.file();
        return "(" + mapping + "," + page.index() + ") ×" + page.mapcount() + (page.exclusive() ? " E " : " ");
    }

    static String anonVmas(@Nullable List<Hidden.AnonVma> all) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; all != null && i < all.size(); i++) {
            out.append(name(i)).append("  ").append(print(i, all.get(i))).append('\n');
        }
        return out.toString();
    }

    private static String print(int number, Hidden.AnonVma anonVma) {
        String kin = anonVma.root() == number
                ? "root"
                : "child of " + name(anonVma.parent())
                        + (anonVma.parent() == anonVma.root() ? "" : ", root " + name(anonVma.root()));
        return kin + ", refcount " + anonVma.refcount() + ", num_children " + anonVma.children() + ", num_active_vmas "
                + anonVma.active();
    }

    private static String name(int anonVma) {
        return anonVma < 0 ? "none" : "a" + anonVma;
    }

    private Hidden.@Nullable Mapping vma(int start) {
        return hidden == null
                ? null
                : hidden.vmas().stream()
                        .filter(vma -> vma.start() == start)
                        .findFirst()
                        .orElse(null);
    }
}
