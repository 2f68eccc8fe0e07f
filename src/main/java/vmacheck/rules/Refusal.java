package vmacheck.rules;

/// The first condition that keeps a candidate from merging with a neighbour.
public enum Refusal {
    /// There is no VMA that touches the range on this side.
    NO_NEIGHBOUR,
    /// The range does not reach this end of the VMA that it lies in.
    INSIDE,
    /// The rules merge nothing at all.
    MERGING,
    SPECIAL,
    FLAGS,
    FILE,
    POLICY,
    UFFD,
    NAME,
    PGOFF,
    ANON_VMA,
    /// Each neighbour would fit, but not both together.
    SIDES
}
