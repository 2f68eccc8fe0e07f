package vmacheck.rules;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every decision that the kernel algorithms ask for. The merge conditions stand in the order in which they are tested.
public final class Decisions {
    private static final List<Decision<?>> REGISTRY = new ArrayList<>();

    // Conditions of a merge, asked for each neighbour.
    public static final Decision<MergeTest> MERGING =
            condition("merging", "Is anything merged at all?", "-", Refusal.MERGING);
    public static final Decision<MergeTest> NOT_SPECIAL =
            condition("not-special", "Does a special mapping stay alone?", "vma_merge_new_range", Refusal.SPECIAL);
    public static final Decision<MergeTest> SAME_FLAGS =
            condition("same-flags", "Which flags must agree?", "is_mergeable_vma", Refusal.FLAGS);
    public static final Decision<MergeTest> SAME_FILE =
            condition("same-file", "Must both map the same open file?", "is_mergeable_vma", Refusal.FILE);
    public static final Decision<MergeTest> SAME_POLICY =
            condition("same-policy", "Must the NUMA policies be equal?", "is_mergeable_vma", Refusal.POLICY);
    public static final Decision<MergeTest> SAME_UFFD =
            condition("same-uffd", "Must the userfaultfd contexts be the same?", "is_mergeable_vma", Refusal.UFFD);
    public static final Decision<MergeTest> SAME_NAME =
            condition("same-name", "Must the names be equal?", "is_mergeable_vma", Refusal.NAME);
    public static final Decision<MergeTest> COMPATIBLE_ANON_VMA =
            condition("compatible-anon-vma", "Which anon_vmas go together?", "is_mergeable_anon_vma", Refusal.ANON_VMA);
    public static final Decision<MergeTest> CONTIGUOUS_PGOFF =
            condition("contiguous-pgoff", "Must the page offsets follow on?", "can_vma_merge_before", Refusal.PGOFF);
    public static final Decision<SidesTest> COMPATIBLE_SIDES =
            decision("compatible-sides", "May both neighbours be joined at once?", "can_vma_merge_right");

    // What a merge does.
    public static final Decision<Long> STICKY_FLAGS = decision(
            "sticky-flags", "Which flags does a merged VMA have if any part had them?", "vma_merge_existing_range");
    public static final Decision<ChainSource> EXPAND_CHAIN =
            decision("expand-chain", "Whose chain does an unfaulted VMA take over that grows?", "vma_expand");
    public static final Decision<ChainSource> MODIFY_CHAIN = decision(
            "modify-chain",
            "Whose chain does an unfaulted VMA take over in a merge of a changed range?",
            "vma_merge_existing_range");
    public static final Decision<TakeOver> TAKE_OVER =
            decision("take-over", "How does an unfaulted survivor get the chain of another VMA?", "dup_anon_vma");
    public static final Decision<Repoint> REPOINT = decision(
            "repoint", "Which folios are tied to the survivor's anon_vma?", "anon_vma_merge, move_ptes (2022 series)");
    public static final Decision<Boolean> MMAP_ASKS_NEXT_FIRST = decision(
            "mmap-asks-next-first",
            "Does mmap join the VMA above first, and the one below only if it fits that?",
            "mmap_region");
    public static final Decision<Boolean> GROWTH_MERGES_NEXT =
            decision("growth-merges-next", "Does mremap growth in place join the next VMA?", "vma_merge_extend");

    public static final Decision<Boolean> PREPENDING_MOVES_PGOFF =
            decision("prepending-moves-pgoff", "Does the page offset follow when a VMA grows downwards?", "vma_expand");
    public static final Decision<Boolean> DEFAULT_FLAGS_FIRST = decision(
            "default-flags-first",
            "Does a new mapping get the default flags of its process before it asks to be merged?",
            "__mmap_region");
    public static final Decision<BrkGrowth> BRK_GROWTH =
            decision("brk-growth", "Which VMA grows with the break?", "do_brk_flags");

    // anon_vmas.
    public static final Decision<LendTest> LENDS_ANON_VMA =
            decision("lends-anon-vma", "Which neighbour lends its anon_vma at the first fault?", "reusable_anon_vma");
    public static final Decision<ReuseTest> REUSES_ANON_VMA =
            decision("reuses-anon-vma", "Which ancestor's anon_vma may a fork hand out again?", "anon_vma_clone");
    public static final Decision<Boolean> FORK_LINKS_PARENT_CHAIN = decision(
            "fork-links-parent-chain", "Is a child's VMA linked to all anon_vmas of its parent's?", "anon_vma_fork");
    public static final Decision<Boolean> FORK_SHARES_SIBLINGS = decision(
            "fork-shares-siblings",
            "Does a child's VMA name the anon_vma that its parent's shares with the VMA below?",
            "anon_vma_clone");
    public static final Decision<VmaTest> FORK_SKIPS =
            decision("fork-skips", "Which VMAs does a child not get?", "dup_mmap");
    public static final Decision<VmaTest> FORK_WIPES =
            decision("fork-wipes", "Which VMAs does a child get empty, without an anon_vma?", "dup_mmap");
    public static final Decision<VmaTest> FORK_COPIES = decision(
            "fork-copies", "Whose page table entries does a fork copy, but for what it wipes?", "vma_needs_copy");
    public static final Decision<Long> FORK_CLEARS =
            decision("fork-clears", "Which flags does a child's VMA not inherit?", "dup_mmap");
    public static final Decision<Boolean> SPLIT_CLONES_CHAIN =
            decision("split-clones-chain", "Are both pieces of a split linked to all anon_vmas?", "__split_vma");

    // mremap.
    public static final Decision<OffsetRule> MOVED_PGOFF =
            decision("moved-pgoff", "Which page offset does a moved range get?", "copy_vma");
    public static final Decision<Reindex> REINDEX =
            decision("reindex", "Which folios follow a changed offset?", "copy_vma (2022 series)");
    public static final Decision<Boolean> REWRITES_SWAP_CACHE = decision(
            "rewrites-swap-cache",
            "Do pages in the swap cache follow when others get another index or anon_vma?",
            "update_pgoff_pte_inner, relocate_anon_ptes (proposals)");
    public static final Decision<RelocateTest> RELOCATES = decision(
            "relocates",
            "Which memory does mremap tie to a fresh anon_vma, at the offset of its destination?",
            "should_relocate_anon (2025 series)");
    public static final Decision<Boolean> RELOCATION_FINDS_SOURCE = decision(
            "relocation-finds-source",
            "Does mremap look its source up again after it has merged what it relocated?",
            "copy_vma_and_data (2025 series)");
    public static final Decision<Boolean> MREMAP_CHECKS_FIRST = decision(
            "mremap-checks-first",
            "Are all conditions of mremap tested before the destination is unmapped?",
            "check_prep_vma");
    public static final Decision<Boolean> MREMAP_MOVES_SEVERAL =
            decision("mremap-moves-several", "May one fixed mremap move several VMAs?", "remap_move");

    public static final Decision<Boolean> MREMAP_REFUSES_NOTHING =
            decision("mremap-refuses-nothing", "Does mremap refuse a new length of zero?", "check_mremap_params");
    public static final Decision<Boolean> MREMAP_DUPLICATES_PRIVATE = decision(
            "mremap-duplicates-private",
            "Does mremap with an old length of zero accept private memory?",
            "check_prep_vma");
    public static final Decision<Boolean> MREMAP_NEEDS_SOURCE =
            decision("mremap-needs-source", "Is mremap of an address that is not mapped an error?", "check_prep_vma");
    public static final Decision<LimitCheck> MREMAP_LIMIT =
            decision("mremap-limit", "When does mremap make sure that it may add VMAs?", "check_mremap_params");
    public static final Decision<Boolean> DONTUNMAP_ASKS_COMMIT = decision(
            "dontunmap-asks-commit",
            "Must the copy that mremap(dontunmap) makes fit into the commit limit?",
            "vrm_calc_charge");
    public static final Decision<Boolean> SHRINKING_MOVE_CHARGES = decision(
            "shrinking-move-charges",
            "Does a move that also shrinks charge the pages that it cuts off?",
            "vrm_calc_charge");

    public static final Decision<Boolean> MOVE_CHARGES_AGAIN = decision(
            "move-charges-again",
            "Is the old range charged again after it was unmapped, as if that had failed?",
            "unmap_source_vma");
    public static final Decision<Boolean> REST_AT_ZERO_ACCOUNTED = decision(
            "rest-at-zero-accounted", "Does what a move leaves at address 0 stay accounted?", "unmap_source_vma");
    public static final Decision<SourceNeighbour> DONTUNMAP_SOURCE =
            decision("dontunmap-source", "May memory that stays mapped merge with its own copy?", "copy_vma");
    public static final Decision<Boolean> DONTUNMAP_SPLITS_LOCKED =
            decision("dontunmap-splits-locked", "Is the part that loses its lock split off first?", "move_vma");
    public static final Decision<Boolean> DONTUNMAP_RESETS_PGOFF = decision(
            "dontunmap-resets-pgoff", "Does a VMA that loses its anon_vma get its own offset back?", "move_vma");
    public static final Decision<Boolean> DONTUNMAP_COUNTS_LOCKED = decision(
            "dontunmap-counts-locked",
            "Do the locked pages of a copy count beside those of the source that stays?",
            "vrm_stat_account");

    // Flags and accounting.
    public static final Decision<StaleWalk> STALE_WALK = decision(
            "stale-walk",
            "Which walk over several VMAs goes on where the last piece ended, though a merge went further?",
            "for_each_vma_range");
    public static final Decision<Counting> COUNTING = decision(
            "counting", "Which counters follow when memory comes, goes or changes?", "vm_stat_account, vm_acct_memory");
    public static final Decision<FolioTest> PROTECT_OPENS = decision(
            "protect-opens",
            "Which pages of private memory does mprotect make writable at once?",
            "can_change_private_writable");
    public static final Decision<Boolean> NOREPLACE_LOOKS_INSIDE =
            decision("noreplace-looks-inside", "Does mmap(noreplace) see what starts inside the range?", "do_mmap");
    public static final Decision<Boolean> ADVICE_MERGES =
            decision("advice-merges", "Does madvise merge what it changes?", "madvise_update_vma");
    public static final Decision<Boolean> ADVICE_REACHES_SURVIVOR = decision(
            "advice-reaches-survivor",
            "Does madvise look at the VMA that a merge returns, and at the one that a range starts in?",
            "madvise_update_vma");
    public static final Decision<Boolean> UNMERGEABLE_KEEPS_FLAGS = decision(
            "unmergeable-keeps-flags", "Does madvise(unmergeable) leave all other flags alone?", "ksm_madvise");
    public static final Decision<Boolean> MLOCK_COUNTS_TWICE =
            decision("mlock-counts-twice", "Does mlock count what is locked already against the limit?", "do_mlock");
    public static final Decision<Boolean> BRK_EXPECTS_HEAP =
            decision("brk-expects-heap", "Does brk take for granted that the heap is still mapped?", "do_brk_munmap");
    public static final Decision<Boolean> BRK_SHRINKS_NOTHING =
            decision("brk-shrinks-nothing", "Can brk shrink a heap that is no longer mapped?", "brk, do_brk_munmap");
    public static final Decision<Boolean> MPROTECT_DROPS_ACCOUNT = decision(
            "mprotect-drops-account",
            "Does unfaulted anonymous memory lose VM_ACCOUNT when it becomes read-only?",
            "mprotect_fixup");
    public static final Decision<Boolean> ONFAULT_NEEDS_ACCESS = decision(
            "onfault-needs-access",
            "Does mlock2(onfault) of inaccessible memory report ENOMEM?",
            "populate_vma_page_range");
    public static final Decision<Boolean> POPULATE_SKIPS_HOLES = decision(
            "populate-skips-holes",
            "Does madvise(populate_read, populate_write) go on behind a hole?",
            "madvise_populate");
    public static final Decision<Boolean> SEALING =
            decision("sealing", "Does the system call mseal exist?", "do_mseal");
    public static final Decision<SealTest> SEAL_FORBIDS =
            decision("seal-forbids", "What does a seal forbid?", "vma_is_sealed, can_madvise_modify");
    public static final Decision<Boolean> REMOVE_ASKS_WRITE = decision(
            "remove-asks-write",
            "Does madvise(remove) ask for memory that is writable now, not only in principle?",
            "madvise_remove");
    public static final Decision<Boolean> DISCARDS_LOCKED =
            decision("discards-locked", "Does madvise know dontneed_locked?", "madvise_behavior_valid");
    public static final Decision<Boolean> GUARD_REGIONS =
            decision("guard-regions", "Does madvise know guard regions?", "madvise_guard_install");

    // Pages.
    public static final Decision<Boolean> EXCLUSIVE_BIT =
            decision("exclusive-bit", "Is there a bit for pages that only one process maps?", "PageAnonExclusive");
    public static final Decision<Boolean> REUSE_MOVES_FOLIO = decision(
            "reuse-moves-folio", "Does a write that reuses a page tie it to the writer's anon_vma?", "do_wp_page");
    public static final Decision<Boolean> REUSE_ASKS_MAPCOUNT = decision(
            "reuse-asks-mapcount", "Is a page that others map copied before it is written?", "wp_can_reuse_anon_folio");
    public static final Decision<SwapInOwner> SHARED_SWAP_IN = decision(
            "shared-swap-in", "Which anon_vma gets a page that comes back and may be shared?", "__folio_set_anon");

    public static final Decision<Boolean> ZEROS_SKIP_SWAP =
            decision("zeros-skip-swap", "Is a page of zeros swapped out without being written?", "swap_writeout");

    // Configuration and architecture: what a build of the same version may answer differently.
    public static final Decision<Boolean> HUGE_PAGES =
            decision("huge-pages", "Does madvise know huge pages?", "CONFIG_TRANSPARENT_HUGEPAGE");
    public static final Decision<Boolean> PAGE_MERGING =
            decision("page-merging", "Does madvise know the merging of equal pages?", "CONFIG_KSM");
    public static final Decision<Boolean> HEAP_EXECUTABLE =
            decision("heap-executable", "Is the heap executable?", "VM_DATA_DEFAULT_FLAGS");
    public static final Decision<Boolean> WRITE_IMPLIES_READ =
            decision("write-implies-read", "May a page that is only writable be brought in by a load?", "access_error");
    public static final Decision<Boolean> PLACES_FROM_TOP =
            decision("places-from-top", "Is the highest free range chosen?", "arch_get_unmapped_area");

    /// All of them, in the order of their index.
    public static final Vector<Decision<?>> ALL = Vector.ofAll(REGISTRY);

    /// The conditions that a neighbour must meet, in the order of the tests.
    public static final Vector<Decision<MergeTest>> CONDITIONS = Vector.of(
            MERGING,
            NOT_SPECIAL,
            SAME_FLAGS,
            SAME_FILE,
            SAME_POLICY,
            SAME_UFFD,
            SAME_NAME,
            COMPATIBLE_ANON_VMA,
            CONTIGUOUS_PGOFF);

    private Decisions() {}

    static int count() {
        return ALL.size();
    }

    private static Decision<MergeTest> condition(String name, String question, String source, Refusal refusal) {
        return register(name, question, source, refusal);
    }

    private static <A> Decision<A> decision(String name, String question, String source) {
        return register(name, question, source, null);
    }

    private static <A> Decision<A> register(String name, String question, String source, @Nullable Refusal refusal) {
        Decision<A> decision = new Decision<>(REGISTRY.size(), name, question, source, refusal);
        REGISTRY.add(decision);
        return decision;
    }
}
