package vmacheck.check.generate;

/// Pages `[start, end)`.
record Range(int start, int end) {
    int length() {
        return end - start;
    }

    boolean overlaps(int otherStart, int otherEnd) {
        return start < otherEnd && otherStart < end;
    }

    static Range of(int start, int length) {
        return new Range(start, start + length);
    }
}
