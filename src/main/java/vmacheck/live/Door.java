package vmacheck.live;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import vmacheck.call.History;

/// The way to a running kernel. Histories go in, observations come out. Not safe for threads, but for [#interrupt].
public interface Door extends AutoCloseable {
    /// The kernel behind it.
    LiveKernel kernel();

    /// How many histories are best given at once.
    int batch();

    /// How many histories shrinking one may take.
    long candidates();

    /// Runs histories, each on a new process, and hands over what the kernel shows of each, in their order. What goes
    /// wrong on the way is the trouble of the history that was running; those after it are run all the same.
    ///
    /// @throws LiveException if the kernel cannot be reached any more
    void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink);

    /// Makes [#observe] return soon, with troubles for what was not done. For any thread.
    default void interrupt() {}

    /// Ends all processes.
    @Override
    void close();
}
