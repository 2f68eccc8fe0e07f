package vmacheck.check;

/// Is told what a search does. Never called by two threads at once.
public interface SearchListener {
    SearchListener NONE = new SearchListener() {};

    /// About ten times a second.
    default void progress(Progress progress) {}

    /// A new finding, raw: this is the moment to save it, before anything else happens.
    default void found(Finding finding) {}

    /// The finding with the same number has a simpler history now.
    default void improved(Finding finding) {}

    /// A finding turned out to have the same normal form as an earlier one and is dropped.
    default void same(Finding dropped, Finding earlier) {}

    /// @param histories  run so far
    /// @param steps      calls run so far, without those of shrinking
    /// @param violations histories so far that violate something
    /// @param shrinking  whether the search waits for shrinking
    record Progress(long histories, long steps, long violations, boolean shrinking) {}
}
