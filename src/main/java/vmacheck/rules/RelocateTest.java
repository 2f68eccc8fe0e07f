package vmacheck.rules;

import vmacheck.model.Vma;

/// Does mremap tie the pages that it moves to a fresh anon_vma, at the offset of their destination?
@FunctionalInterface
public interface RelocateTest {
    RelocateTest NEVER = (_, _) -> false;

    boolean relocates(View view, Vma source);
}
