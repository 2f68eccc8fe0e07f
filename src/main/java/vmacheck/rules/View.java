package vmacheck.rules;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.Vma;

/// What a decision may look at: the memory as it is in the middle of a call.
public interface View {
    AnonVma anonVma(int id);

    Folio folio(int id);

    /// The swap slot that an entry names.
    SwapSlot slot(int id);

    /// The VMA with this identity in a process, or null.
    @Nullable
    Vma vma(int process, int id);

    /// The page table entry of a page, or null.
    @Nullable
    Pte pte(int process, int page);
}
