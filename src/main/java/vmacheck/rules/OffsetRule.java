package vmacheck.rules;

import vmacheck.model.Vma;

/// Which page offset a range gets when mremap moves it.
@FunctionalInterface
public interface OffsetRule {
    /// @param from   first page of the moved range, inside `source`
    /// @param length its pages
    /// @param to     its destination
    int pgoff(View view, int process, Vma source, int from, int length, int to);
}
