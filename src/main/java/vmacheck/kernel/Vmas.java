package vmacheck.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Errno;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Candidate;
import vmacheck.rules.ChainSource;
import vmacheck.rules.Decisions;
import vmacheck.rules.Refusal;
import vmacheck.rules.Repoint;

/// Splitting and merging the VMAs of one address space (`mm/vma.c`).
final class Vmas {
    private final Draft draft;
    private final AnonVmas anonVmas;
    private final Pages pages;

    Vmas(Draft draft, AnonVmas anonVmas, Pages pages) {
        this.draft = draft;
        this.anonVmas = anonVmas;
        this.pages = pages;
    }

    /// `__split_vma`: cuts a VMA in two at `page`, whatever the count of VMAs is. The new VMA is the lower or the upper
    /// piece; the pieces are read back from the space.
    void split(Space space, Vma vma, int page, boolean newBelow) {
        Vma lower = vma.withRange(vma.start(), page, vma.pgoff());
        Vma upper = vma.withRange(page, vma.end(), vma.indexOf(page));
        Vma fresh = (newBelow ? lower : upper).withId(draft.newVmaId());
        Vma kept = newBelow ? upper : lower;
        if (vma.isFaulted() || vma.chain().size() > 0) {
            if (draft.rules.get(Decisions.SPLIT_CLONES_CHAIN)) {
                fresh = anonVmas.cloneChain(space.process, fresh, vma, vma.anonVma());
            } else {
                fresh = anonVmas.unlink(space.process, fresh);
            }
        }
        space.replace(kept);
        anonVmas.rekey(space.process, kept);
        space.insert(fresh);
    }

    /// `split_vma`: refuses when the VMA count is at its limit.
    @Nullable
    Errno splitCounted(Space space, Vma vma, int page, boolean newBelow) {
        if (space.mapCount >= draft.maxMapCount()) {
            return Errno.ENOMEM;
        }
        split(space, vma, page, newBelow);
        return null;
    }

    /// Tries to join a new range with what is around it (`vma_merge_new_range`); the survivor, or null.
    ///
    /// @param leftOnly     whether the VMA above is out of question (brk, and growth in place up to 6.0)
    /// @param leftIsItself whether the VMA below is the one that grows, which is never refused
    @Nullable
    Vma mergeNewRange(Space space, Candidate candidate, boolean leftOnly, boolean leftIsItself) {
        Vma prev = space.before(candidate.start());
        Vma next = space.findAfter(candidate.end());
        boolean nextFirst = !leftOnly && !leftIsItself && draft.rules.get(Decisions.MMAP_ASKS_NEXT_FIRST);
        MergePlan plan = nextFirst
                ? MergePlan.decideNextFirst(draft.rules, draft, candidate, prev, next)
                : MergePlan.decide(draft.rules, draft, candidate, prev, next, true, !leftOnly);
        if (leftIsItself && !plan.joinsPrev()) {
            plan = new MergePlan(null, plan.nextRefusal());
        }
        return carryOut(space, candidate, prev, next, plan);
    }

    /// Tries to join what mremap copies with what is around it, but for one VMA; the survivor, or null.
    @Nullable
    Vma mergeCopy(Space space, Candidate candidate, @Nullable Vma passedOver) {
        Vma prev = unless(passedOver, space.before(candidate.start()));
        Vma next = unless(passedOver, space.findAfter(candidate.end()));
        MergePlan plan = MergePlan.decide(draft.rules, draft, candidate, prev, next, true, true);
        return carryOut(space, candidate, prev, next, plan);
    }

    private static @Nullable Vma unless(@Nullable Vma passedOver, @Nullable Vma vma) {
        return vma != null && passedOver != null && vma.id() == passedOver.id() ? null : vma;
    }

    private @Nullable Vma carryOut(
            Space space, Candidate candidate, @Nullable Vma prev, @Nullable Vma next, MergePlan plan) {
        Vma survivor = null;
        if (plan.joinsPrev() || plan.joinsNext()) {
            survivor = expand(space, candidate, prev, next, plan);
        }
        draft.merges.add(new MergeAttempt(candidate, prev, next, plan.prevRefusal(), plan.nextRefusal(), survivor));
        return survivor;
    }

    /// brk as in 6.1-rc: the VMA below grows up to `end`, if its flags are those of the new memory, whatever else it
    /// is.
    @Nullable
    Vma stretch(Space space, Candidate candidate, Vma below, int end) {
        boolean fits = ((below.flags() ^ candidate.flags()) & ~VmFlags.SOFTDIRTY) == 0 && !below.isForkChild();
        if (!fits) {
            return null;
        }
        Vma grown = resize(space, below, below.start(), end, below.pgoff());
        draft.merges.add(new MergeAttempt(candidate, below, null, null, Refusal.INSIDE, grown));
        return grown;
    }

    /// `vma_expand`: one neighbour grows over the range, and over the other neighbour if both join.
    private Vma expand(Space space, Candidate candidate, @Nullable Vma prev, @Nullable Vma next, MergePlan plan) {
        boolean removesNext = plan.joinsPrev() && plan.joinsNext();
        Vma target = plan.joinsPrev() ? need(prev) : need(next);
        long sticky = candidate.flags();
        ChainSource source = draft.rules.get(Decisions.EXPAND_CHAIN);
        if (removesNext) {
            sticky |= need(next).flags();
            if (source != ChainSource.NONE) {
                target = anonVmas.takeOver(space, target, next);
            }
        }
        if (source == ChainSource.REMOVED_OR_COPIED && !candidate.existing()) {
            target = anonVmas.takeOver(space, target, candidate.source());
        }
        int start = plan.joinsPrev() ? need(prev).start() : candidate.start();
        int end = plan.joinsNext() ? need(next).end() : candidate.end();
        int pgoff = plan.joinsPrev()
                ? need(prev).pgoff()
                : draft.rules.get(Decisions.PREPENDING_MOVES_PGOFF)
                        ? candidate.pgoff()
                        : need(next).pgoff();
        if (removesNext) {
            removeMerged(space, need(next), target);
        }
        return resize(space, withSticky(target, sticky), start, end, pgoff);
    }

    /// Tries to join a changed range of `middle` with its neighbours (`vma_merge_existing_range`); the survivor, or
    /// null.
    @Nullable
    Vma mergeExisting(Space space, Candidate candidate, Vma middle, Merging merging) {
        return mergeExisting(space, candidate, middle, merging, null);
    }

    private @Nullable Vma mergeExisting(
            Space space, Candidate candidate, Vma middle, Merging merging, @Nullable Vma passedOver) {
        boolean left = candidate.start() == middle.start();
        boolean right = candidate.end() == middle.end() && (left || merging != Merging.SHORT_SIGHTED);
        Vma prev = left ? unless(passedOver, space.before(middle.start())) : null;
        Vma next = right ? unless(passedOver, space.findAfter(middle.end())) : null;
        MergePlan plan = merging == Merging.NONE
                ? new MergePlan(Refusal.MERGING, Refusal.MERGING)
                : MergePlan.decide(draft.rules, draft, candidate, prev, next, left, right);
        Vma survivor = null;
        if (plan.joinsPrev() || plan.joinsNext()) {
            survivor = absorb(space, candidate, middle, prev, next, plan);
        }
        draft.merges.add(new MergeAttempt(candidate, prev, next, plan.prevRefusal(), plan.nextRefusal(), survivor));
        return survivor;
    }

    private Vma absorb(
            Space space, Candidate candidate, Vma middle, @Nullable Vma prev, @Nullable Vma next, MergePlan plan) {
        boolean whole = candidate.start() == middle.start() && candidate.end() == middle.end();
        boolean both = plan.joinsPrev() && plan.joinsNext();
        Vma target = plan.joinsPrev() ? need(prev) : need(next);
        long sticky = candidate.flags() | (both ? need(next).flags() : 0);
        if (draft.rules.get(Decisions.MODIFY_CHAIN) != ChainSource.NONE) {
            target = anonVmas.takeOver(space, target, both && need(next).isFaulted() ? next : middle);
        }
        if (draft.rules.get(Decisions.REPOINT).takesIn(Repoint.CHANGED_RANGE) && !both && target.isFaulted()) {
            pages.repoint(space, candidate.start(), candidate.end(), middle, target.anonVma());
        }
        if (both) {
            removeMerged(space, need(next), target);
        }
        if (whole) {
            removeMerged(space, middle, target);
        } else if (plan.joinsPrev()) {
            resize(space, middle, candidate.end(), middle.end(), middle.indexOf(candidate.end()));
        } else {
            resize(space, middle, middle.start(), candidate.start(), middle.pgoff());
        }
        int start = plan.joinsPrev() ? target.start() : candidate.start();
        int end = both ? need(next).end() : plan.joinsPrev() ? candidate.end() : target.end();
        int pgoff = plan.joinsPrev() ? target.pgoff() : candidate.pgoff();
        return resize(space, withSticky(target, sticky), start, end, pgoff);
    }

    private void removeMerged(Space space, Vma removed, Vma target) {
        if (draft.rules.get(Decisions.REPOINT) != Repoint.NONE && target.isFaulted()) {
            pages.repoint(space, removed.start(), removed.end(), removed, target.anonVma());
        }
        anonVmas.unlink(space.process, removed);
        space.remove(removed);
    }

    private Vma resize(Space space, Vma vma, int start, int end, int pgoff) {
        Vma resized = vma.withRange(start, end, pgoff);
        space.replace(resized);
        anonVmas.rekey(space.process, resized);
        return resized;
    }

    private Vma withSticky(Vma vma, long flags) {
        return vma.withFlags(vma.flags() | (flags & draft.rules.get(Decisions.STICKY_FLAGS)));
    }

    /// Changes the flags of a part of a VMA: merges it away or splits it off, then sets the flags (`vma_modify_flags`).
    /// The VMA that now covers the range is read back from the space.
    @Nullable
    Errno modifyFlags(Space space, Vma vma, int start, int end, long flags) {
        return modifyFlags(space, vma, start, end, flags, Merging.FULL);
    }

    /// Whether a changed range is merged.
    enum Merging {
        FULL,
        /// It is only split off.
        NONE,
        /// A range that starts inside its VMA is not joined with the next one, and a VMA that swallows the next one
        /// keeps the flags that it had.
        SHORT_SIGHTED
    }

    @Nullable
    Errno modifyFlags(Space space, Vma vma, int start, int end, long flags, Merging merging) {
        Candidate candidate = Candidates.rangeOf(space, vma, start, end, flags);
        Vma merged = mergeExisting(space, candidate, vma, merging);
        if (merged == null) {
            if (vma.start() < start) {
                Errno error = splitCounted(space, vma, start, true);
                if (error != null) {
                    return error;
                }
            }
            if (vma.end() > end) {
                Errno error = splitCounted(space, need(space.covering(start)), end, false);
                if (error != null) {
                    return error;
                }
            }
        }
        // Case 8 of vma_merge: the range was all of its VMA, and went to the next one alone.
        if (merging == Merging.SHORT_SIGHTED && draft.merges.getLast().kind() == 8) {
            space.replace(need(merged).withFlags(vma.flags()));
            return null;
        }
        Vma changed = need(space.covering(merged == null ? Math.max(start, vma.start()) : start));
        long sticky = changed.flags() & draft.rules.get(Decisions.STICKY_FLAGS);
        space.replace(changed.withFlags(merged == null ? flags : flags | sticky));
        return null;
    }

    /// Tries to join a VMA as it is with its neighbours, but for one VMA; the survivor, or null.
    @Nullable
    Vma joinNeighbours(Space space, Vma vma, @Nullable Vma passedOver) {
        Candidate whole = Candidates.rangeOf(space, vma, vma.start(), vma.end(), vma.flags());
        return mergeExisting(space, whole, vma, Merging.FULL, passedOver);
    }

    static boolean isLocked(Vma vma) {
        return vma.has(VmFlags.LOCKED);
    }

    static Vma need(@Nullable Vma vma) {
        return Objects.requireNonNull(vma);
    }
}
