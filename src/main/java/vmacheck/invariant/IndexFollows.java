package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.Folio;
import vmacheck.model.OpenFile;
import vmacheck.model.Vma;

/// The index of a folio is the linear index of the page at which a VMA maps it, and a folio of a file is one of the
/// file that the VMA maps (L2).
final class IndexFollows implements Invariant {
    @Override
    public String name() {
        return "index-follows";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        Entries entries = facts.entries();
        for (int i = 0; i < entries.size(); i++) {
            Folio folio = facts.folioOf(i);
            Vma vma = entries.vma(i);
            if (folio == null || vma == null) {
                continue;
            }
            int page = entries.page(i);
            if (folio.index() != vma.indexOf(page)) {
                return violation(entries, i, folio, "where the VMA has the index " + vma.indexOf(page));
            }
            if (!folio.anonymous() && inode(facts, vma) != folio.mapping()) {
                return violation(entries, i, folio, "where the VMA does not map this file");
            }
        }
        return null;
    }

    private static int inode(Facts facts, Vma vma) {
        OpenFile file = facts.after().files().get(vma.file());
        return file == null ? Vma.NONE : file.inode();
    }

    private Violation violation(Entries entries, int i, Folio folio, String what) {
        int process = entries.process(i);
        int page = entries.page(i);
        String message = "P" + process + " maps " + Text.of(folio) + " at page " + page + ", " + what;
        return Violation.of(this, process, message, page);
    }
}
