package vmacheck.model;

/// One `anon_vma_chain` link as an anon_vma's interval tree holds it: which VMA of which process, keyed by the closed
/// interval of linear indices that the VMA had when it was inserted.
public record Avc(int process, int vma, int first, int last) {}
