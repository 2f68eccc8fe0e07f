package vmacheck.check.generate;

/// A stream of random numbers that depends on a seed and an index alone, today and in any later version (SplitMix64).
/// Streams of different indices are independent, so that histories can be made in any order by any number of workers.
final class Luck {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Luck(long seed, long index) {
        state = mix(mix(seed + GAMMA) + (index + 1) * GAMMA);
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    private long next() {
        state += GAMMA;
        return mix(state);
    }

    /// 0 to `bound - 1`.
    int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    /// `low` to `high`, both included.
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    boolean coin() {
        return next() < 0;
    }
}
