package vmacheck.check.shrink;

import vmacheck.model.Setup;

/// Makes the setup the default, or the limit of VMAs as low as it goes.
final class SimplifySetup implements Pass {
    @Override
    public String name() {
        return "simplify setup";
    }

    @Override
    public void run(Probe probe) {
        probe.offer(probe.best().withSetup(Setup.DEFAULT));
        Setup setup = probe.best().setup;
        probe.offer(probe.best().withSetup(new Setup(Setup.DEFAULT_PAGES, setup.maxMapCount())));
        probe.offer(probe.best().withSetup(new Setup(setup.pages(), Setup.DEFAULT_MAX_MAP_COUNT)));
        lowerLimit(probe);
        fewerPages(probe);
    }

    private static void lowerLimit(Probe probe) {
        int limit = probe.best().setup.maxMapCount();
        boolean lower = limit != Setup.DEFAULT_MAX_MAP_COUNT;
        for (int i = 1; lower && i < Math.min(limit, 64) && !probe.isSpent(); i++) {
            lower = !probe.offer(
                    probe.best().withSetup(new Setup(probe.best().setup.pages(), i)));
        }
    }

    private static void fewerPages(Probe probe) {
        int pages = probe.best().setup.pages();
        boolean fewer = pages != Setup.DEFAULT_PAGES;
        for (int i = Setup.FEWEST_PAGES; fewer && i < pages && !probe.isSpent(); i++) {
            Setup setup = new Setup(i, probe.best().setup.maxMapCount());
            fewer = !probe.offer(probe.best().withSetup(setup));
        }
    }
}
