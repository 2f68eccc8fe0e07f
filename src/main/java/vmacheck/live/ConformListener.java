package vmacheck.live;

/// Is told what a comparison does, always by the same thread.
public interface ConformListener {
    ConformListener NONE = new ConformListener() {};

    /// After every batch, and when something is going to be shrunk.
    default void progress(Progress progress) {}

    /// A new finding, raw: this is the moment to save it, before anything else happens.
    default void found(Finding finding) {}

    /// The finding with the same number has a simpler history now.
    default void improved(Finding finding) {}

    /// A finding turned out to have the same simplest history as an earlier one and is dropped.
    default void same(Finding dropped, Finding earlier) {}

    /// @param histories compared so far
    /// @param steps     compared so far
    /// @param findings  so far
    /// @param shrinking whether one of them is being shrunk
    record Progress(long histories, long steps, int findings, boolean shrinking) {}
}
