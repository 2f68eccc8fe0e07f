package vmacheck.check.shrink;

/// Leaves out runs of calls, long ones first: half of the history, a quarter, and so on down to single calls. From the
/// end, because late calls depend on early ones.
final class DropChunks implements Pass {
    @Override
    public String name() {
        return "drop chunks";
    }

    @Override
    public void run(Probe probe) {
        for (int length = Math.max(1, probe.size() / 2); length > 0; length /= 2) {
            for (int start = probe.size() - length; start > -length && !probe.isSpent(); start -= length) {
                drop(probe, Math.max(0, start), length);
                start = Math.min(start, probe.size());
            }
        }
    }

    private static void drop(Probe probe, int start, int length) {
        boolean[] drop = new boolean[probe.size()];
        for (int i = start; i < Math.min(start + length, drop.length); i++) {
            drop[i] = true;
        }
        if (!probe.offer(Families.without(probe, drop, false))) {
            probe.offer(Families.without(probe, drop, true));
        }
    }
}
