package vmacheck.check.shrink;

import java.util.function.IntFunction;
import vmacheck.model.Setup;

/// Makes the setup the default, or each limit as low as it goes.
final class SimplifySetup implements Pass {
    private static final int MOST_TRIED = 64;

    @Override
    public String name() {
        return "simplify setup";
    }

    @Override
    public void run(Probe probe) {
        probe.offer(probe.best().withSetup(Setup.DEFAULT));
        offer(probe, setup(probe).withPages(Setup.DEFAULT_PAGES));
        offer(probe, setup(probe).withMaxMapCount(Setup.DEFAULT_MAX_MAP_COUNT));
        offer(probe, setup(probe).withMemlock(Setup.UNLIMITED));
        offer(probe, setup(probe).withCommitLimit(Setup.UNLIMITED));
        lower(probe, setup(probe).maxMapCount(), 1, Setup.DEFAULT_MAX_MAP_COUNT, setup(probe)::withMaxMapCount);
        lower(probe, setup(probe).memlock(), 0, Setup.UNLIMITED, setup(probe)::withMemlock);
        lower(probe, setup(probe).commitLimit(), 0, Setup.UNLIMITED, setup(probe)::withCommitLimit);
        lower(probe, setup(probe).pages(), Setup.FEWEST_PAGES, Setup.DEFAULT_PAGES, setup(probe)::withPages);
    }

    private static Setup setup(Probe probe) {
        return probe.best().setup;
    }

    private static boolean offer(Probe probe, Setup setup) {
        return probe.offer(probe.best().withSetup(setup));
    }

    /// Tries one value after the other, from the lowest on.
    private static void lower(Probe probe, int value, int lowest, int usual, IntFunction<Setup> with) {
        boolean going = value != usual;
        for (int i = lowest; going && i < Math.min(value, MOST_TRIED) && !probe.isSpent(); i++) {
            going = !offer(probe, with.apply(i));
        }
    }
}
