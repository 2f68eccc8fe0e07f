package vmacheck.live;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.kernel.Step;
import vmacheck.model.Setup;
import vmacheck.rules.Rules;

/// One history on a kernel and on the model.
///
/// @param saved       the history as it was given
/// @param rules       of the model
/// @param steps       what the model makes of the history that was asked for: `saved`, but for what this kernel cannot do
/// @param setup       of the history that was asked for
/// @param observed    what the kernel showed
/// @param differences the first difference of each call
/// @param again       in how many of [Conform#RERUNS] more runs the first difference showed again, or -1 if there is none
/// @param explained   why the kernel did something else in the first run, or null; then the other fields are about a
///                    run in which it did not
public record LiveReplay(
        History saved,
        Rules rules,
        Vector<Step> steps,
        Setup setup,
        Observed observed,
        Vector<Option<Difference>> differences,
        int again,
        @Nullable String explained) {

    /// The largest arena that a puppet can have, in pages.
    public static final int MOST_PAGES = 500;

    public boolean agrees() {
        return firstDifference().isEmpty();
    }

    public Option<Difference> firstDifference() {
        return differences.find(Option::isDefined).flatMap(difference -> difference);
    }

    /// Calls that differ, counted from 0.
    public Vector<Integer> differingCalls() {
        return Vector.range(0, differences.size())
                .filter(index -> differences.get(index).isDefined());
    }

    /// The call that was given and not asked for as this kernel cannot do it; what was asked for instead is the step's.
    public Option<Call> replaced(int index) {
        Call given = saved.calls().get(index);
        return Option.when(!given.equals(steps.get(index).call()), given);
    }

    /// Lines of the history's head that this kernel cannot be told.
    public Vector<String> unsetLimits() {
        Setup given = saved.setup();
        Vector<String> limits = Vector.empty();
        if (given.maxMapCount() != setup.maxMapCount()) {
            limits = limits.append("max-map-count: " + given.maxMapCount());
        }
        if (given.memlock() != setup.memlock()) {
            limits = limits.append("memlock: " + given.memlock());
        }
        if (given.commitLimit() != setup.commitLimit()) {
            limits = limits.append("commit-limit: " + given.commitLimit());
        }
        return limits;
    }

    /// What the kernel showed after a call, if it came so far.
    public Option<Observed.Step> seen(int index) {
        return index < observed.steps().size() ? Option.of(observed.steps().get(index)) : Option.none();
    }
}
