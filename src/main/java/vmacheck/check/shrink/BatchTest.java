package vmacheck.check.shrink;

import java.util.List;
import vmacheck.call.History;

/// Whether histories fail like the one that is shrunk, decided by someone who is best asked about many at a time: a
/// kernel, say, that takes a second to boot.
public interface BatchTest {
    /// How many histories to ask about at once.
    int size();

    /// For each candidate how many of its calls it takes to fail alike, or 0 if it does not.
    int[] calls(List<History> candidates);
}
