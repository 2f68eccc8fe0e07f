package vmacheck.kernel;

import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.model.Machine;

/// One call and what it did.
///
/// @param merges every merge that was considered on the way, in order
public record Step(Machine before, Call call, Result result, Machine after, List<MergeAttempt> merges) {}
