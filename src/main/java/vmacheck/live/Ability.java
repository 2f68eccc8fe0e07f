package vmacheck.live;

/// Something that not every kernel does for every user. What is missing is left out of the histories, and said.
public enum Ability {
    SWAP("pages are never swapped out: no swap is enabled"),
    /// RLIMIT_MEMLOCK is greater than an arena.
    LOCK("memory is never locked: RLIMIT_MEMLOCK is smaller than the arena"),
    /// Also what the puppet needs besides the arena may be locked.
    LOCK_ALL("no mlockall(current): it needs root or a greater RLIMIT_MEMLOCK"),
    /// Without it a puppet can only use up the mappings that there are, which takes half a second.
    LIMIT("the limit on mappings is never reached: only root can set vm.max_map_count"),
    KSM("no madvise(mergeable) and madvise(unmergeable): the kernel is built without CONFIG_KSM"),
    HUGE_PAGES("no madvise(hugepage) and madvise(nohugepage): the kernel is built without"
            + " CONFIG_TRANSPARENT_HUGEPAGE"),
    PLAIN_HEAP("no brk: this kernel makes the heap executable, as some architectures do"),
    /// User Mode Linux makes an entry readable for the host only with its accessed bit.
    WRITE_ONLY("no memory that can be written and not read: this kernel may refuse to read what is there"),
    /// Which free range the kernel chooses depends on the architecture.
    TOP_DOWN("mappings go where the history puts them: this kernel searches for room from the bottom up");

    private final String without;

    Ability(String without) {
        this.without = without;
    }

    /// What is not done without it, and why.
    String without() {
        return without;
    }
}
