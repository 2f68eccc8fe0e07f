package vmacheck.rules;

import vmacheck.model.AnonVma;
import vmacheck.model.Vma;

/// May a fork give this anon_vma of the parent VMA's chain to the child's VMA as its own?
@FunctionalInterface
public interface ReuseTest {
    boolean reusable(AnonVma anonVma, Vma parent);
}
