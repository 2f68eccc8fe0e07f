package vmacheck.rules;

import vmacheck.model.Folio;
import vmacheck.model.Vma;

/// A question about a page that a VMA maps.
@FunctionalInterface
public interface FolioTest {
    boolean holds(View view, Vma vma, Folio folio);
}
