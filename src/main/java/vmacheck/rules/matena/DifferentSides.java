package vmacheck.rules.matena;

import io.vavr.collection.Vector;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.Composed;
import vmacheck.rules.SidesTest;
import vmacheck.rules.View;
import vmacheck.rules.linux.Conditions;

/// As in 5.17; besides, neighbours with different anon_vmas are joined at once if no other process has a part in the
/// upper one, which goes away.
///
/// @param given what must be so for the upper one to give up its anon_vma
record DifferentSides(DifferentAnonVmas given) implements SidesTest, Composed<SidesTest> {
    @Override
    public boolean allows(View view, Candidate candidate, Vma prev, Vma next) {
        return Conditions.SIDES.value().allows(view, candidate, prev, next) || given.mayGiveUp(view, next.anonVma());
    }

    @Override
    public Vector<Part<SidesTest>> parts() {
        return Vector.of(
                new Part<>(
                        "parent",
                        "both neighbours at once, the upper one a fork child's",
                        new DifferentSides(new DifferentAnonVmas(false, given.children()))),
                new Part<>(
                        "children",
                        "both neighbours at once, the upper one with children",
                        new DifferentSides(new DifferentAnonVmas(given.parent(), false))));
    }
}
