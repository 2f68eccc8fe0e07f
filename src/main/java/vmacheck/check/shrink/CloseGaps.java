package vmacheck.check.shrink;

/// Makes the layout smaller: deletes single pages out of the whole picture (all ranges over them get shorter), and
/// moves blocks of pages down.
final class CloseGaps implements Pass {
    @Override
    public String name() {
        return "close gaps";
    }

    @Override
    public void run(Probe probe) {
        deletePages(probe);
        moveBlocks(probe);
    }

    private static void deletePages(Probe probe) {
        int[] named = Places.named(probe.best());
        int top = named.length == 0 ? 0 : named[named.length - 1];
        for (int page = top - 1; page >= 0 && !probe.isSpent(); page--) {
            int deleted = page;
            // As often as it helps, and up to each place above which everything stays.
            boolean again = true;
            while (again && !probe.isSpent()) {
                again = false;
                int[] places = Places.named(probe.best());
                for (int i = places.length - 1; i >= 0 && !again; i--) {
                    int limit = places[i];
                    if (limit > deleted) {
                        again = probe.offer(
                                Places.mapped(probe.best(), at -> at > deleted && at <= limit ? at - 1 : at));
                    }
                }
            }
        }
    }

    private static void moveBlocks(Probe probe) {
        int[] places = Places.named(probe.best());
        for (int low = 0; low < places.length; low++) {
            for (int high = places.length - 1; high >= low; high--) {
                moveDown(probe, places[low], places[high]);
            }
        }
    }

    private static void moveDown(Probe probe, int low, int high) {
        for (int target = 0; target < low && !probe.isSpent(); target++) {
            int shift = target - low;
            if (probe.offer(Places.shifted(probe.best(), 0, probe.size(), low, high + 1, shift))) {
                return;
            }
        }
    }
}
