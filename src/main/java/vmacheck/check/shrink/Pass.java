package vmacheck.check.shrink;

/// One way to make histories simpler. It proposes candidates to the probe until none is taken or the probe is spent.
interface Pass {
    String name();

    void run(Probe probe);
}
