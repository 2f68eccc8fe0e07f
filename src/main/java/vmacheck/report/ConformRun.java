package vmacheck.report;

import io.vavr.collection.Vector;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import vmacheck.counterexample.Counterexample;
import vmacheck.live.ConformReport;
import vmacheck.live.Finding;

/// One comparison with a kernel, with where its findings are saved.
///
/// @param seed of all chance, or null if the histories came from a recording
public record ConformRun(ConformReport report, @Nullable Long seed, Duration time, Vector<Found> findings) {
    /// What the file of a difference violates, in the place of an invariant.
    public static final String DIFFERS = "conform";

    /// A difference in its last form.
    ///
    /// @param file where it is saved
    public record Found(Finding finding, Counterexample counterexample, String file) {}
}
