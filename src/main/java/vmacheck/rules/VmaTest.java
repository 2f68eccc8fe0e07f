package vmacheck.rules;

import vmacheck.model.Vma;

/// A question about one VMA.
@FunctionalInterface
public interface VmaTest {
    boolean holds(View view, Vma vma);
}
