package vmacheck.rules;

/// To which anon_vma a page is tied that comes back from swap and may be shared (`__folio_set_anon`).
public enum SwapInOwner {
    ROOT,
    OWN
}
