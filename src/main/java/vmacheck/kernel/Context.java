package vmacheck.kernel;

/// The parts of the kernel that work on one draft.
final class Context {
    final Draft draft;
    final AnonVmas anonVmas;
    final Pages pages;
    final Vmas vmas;
    final Faults faults;
    final Unmap unmap;
    final Populate populate;

    Context(Draft draft) {
        this.draft = draft;
        anonVmas = new AnonVmas(draft);
        pages = new Pages(draft);
        vmas = new Vmas(draft, anonVmas, pages);
        faults = new Faults(draft, anonVmas, pages);
        unmap = new Unmap(draft, anonVmas, pages, vmas);
        populate = new Populate(draft, faults);
    }
}
