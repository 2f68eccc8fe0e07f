package vmacheck.kernel;

import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.model.Machine;

/// One call and what it did.
///
/// @param merges every merge that was considered on the way, in order
/// @param looks  how many page table entries the rules looked at to decide
public record Step(Machine before, Call call, Result result, Machine after, List<MergeAttempt> merges, int looks) {
    /// A step whose rules looked at no pages.
    public Step(Machine before, Call call, Result result, Machine after, List<MergeAttempt> merges) {
        this(before, call, result, after, merges, 0);
    }
}
