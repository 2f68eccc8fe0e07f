package vmacheck.rules;

import vmacheck.model.Vma;

/// May both neighbours, each of which fits, be joined in one merge?
@FunctionalInterface
public interface SidesTest {
    boolean allows(View view, Candidate candidate, Vma prev, Vma next);
}
