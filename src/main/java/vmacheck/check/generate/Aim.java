package vmacheck.check.generate;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Pte;
import vmacheck.model.Vma;

/// Finds places in an address space where a call meets something: whole VMAs and parts of them, seams, holes, pages
/// that are there or missing.
final class Aim {
    private final Luck luck;
    private final Habits habits;
    /// Where the last call went, so that calls meet.
    private int focus;

    Aim(Luck luck, Habits habits) {
        this.luck = luck;
        this.habits = habits;
    }

    int arena() {
        return habits.setup.pages();
    }

    /// A VMA, or null in an empty space.
    @Nullable
    Vma vma(AddressSpace space) {
        int count = space.vmas().size();
        if (count == 0) {
            return null;
        }
        int near = luck.percent(habits.staying) ? space.indexAfter(focus) : count;
        Vma vma = space.vma(near < count ? near : luck.below(count));
        focus = vma.start();
        return vma;
    }

    void look(int page) {
        focus = page;
    }

    /// Any range, also an empty one or one of nothing but holes.
    Range senseless() {
        int start = luck.below(luck.coin() ? habits.window : arena() + 1);
        return Range.of(start, luck.below(Math.min(arena() - start, luck.coin() ? 4 : arena()) + 1));
    }

    /// A range that has to do with a VMA: all of it, its head, tail or middle, or it and what comes after.
    Range around(AddressSpace space) {
        Vma vma = luck.percent(habits.senseless) ? null : vma(space);
        return vma == null ? senseless() : around(space, vma);
    }

    Range around(AddressSpace space, Vma vma) {
        int start = vma.start();
        int end = vma.end();
        if (luck.percent(habits.wide)) {
            return across(space, vma);
        }
        return switch (luck.below(12)) {
            case 0, 1, 2, 3 -> new Range(start, end);
            case 4, 5 -> new Range(start, luck.between(start + 1, end));
            case 6, 7 -> new Range(luck.between(start, end - 1), end);
            case 8, 9 -> within(vma);
            case 10 -> new Range(luck.between(start, end - 1), endOfNext(space, end));
            default -> beyond(luck.between(start, end - 1));
        };
    }

    /// From a VMA, or inside it, to one of the next few that touch each other, or inside that.
    private Range across(AddressSpace space, Vma vma) {
        int first = space.indexAfter(vma.start());
        int last = first;
        for (int more = luck.between(1, 4); more > 0 && last + 1 < space.vmas().size(); more--) {
            if (space.vma(last + 1).start() != space.vma(last).end()) {
                break;
            }
            last++;
        }
        int start = luck.percent(60) ? vma.start() : luck.between(vma.start(), vma.end() - 1);
        Vma end = space.vma(last);
        return new Range(
                start, luck.percent(60) ? end.end() : luck.between(Math.max(start, end.start()) + 1, end.end()));
    }

    /// A part of one VMA.
    Range within(Vma vma) {
        int from = luck.between(vma.start(), vma.end() - 1);
        return new Range(from, luck.between(from + 1, vma.end()));
    }

    private Range beyond(int start) {
        return new Range(start, Math.min(arena(), start + 1 + luck.below(6)));
    }

    private int endOfNext(AddressSpace space, int page) {
        int next = space.indexAfter(page);
        if (next >= space.vmas().size()) {
            return page;
        }
        Vma vma = space.vma(next);
        return luck.coin() ? vma.end() : luck.between(vma.start() + 1, vma.end());
    }

    /// A range for a new mapping: next to a VMA, in a hole between two, over something, or anywhere in the window.
    Range fresh(AddressSpace space) {
        Vma vma = luck.percent(15) ? null : vma(space);
        if (vma == null) {
            return inWindow();
        }
        int length = length();
        return switch (luck.below(8)) {
            case 0, 1, 2 -> fitted(vma.end(), length);
            case 3, 4 -> fitted(vma.start() - length, length);
            case 5, 6 -> hole(space, vma, length);
            default -> around(space, vma);
        };
    }

    private int length() {
        return luck.percent(80) ? luck.between(1, 3) : luck.between(1, 8);
    }

    private Range inWindow() {
        int start = luck.below(habits.window);
        return Range.of(start, Math.min(length(), arena() - start));
    }

    private Range fitted(int start, int length) {
        return start < 0 || start + length > arena() ? inWindow() : Range.of(start, length);
    }

    /// All of the hole above a VMA if it is small.
    private Range hole(AddressSpace space, Vma vma, int length) {
        int next = space.indexAfter(vma.end());
        int end = next < space.vmas().size() ? space.vma(next).start() : arena();
        int size = end - vma.end();
        return size == 0 ? fitted(vma.start() - length, length) : Range.of(vma.end(), size <= 6 ? size : 1);
    }

    /// A place of this length next to a VMA or anywhere.
    Range destination(AddressSpace space, int length) {
        Vma vma = luck.percent(25) ? null : vma(space);
        if (vma == null) {
            return fitted(luck.below(habits.window), length);
        }
        return luck.coin() ? fitted(vma.end(), length) : fitted(vma.start() - length, length);
    }

    /// A page, preferably one of a VMA that is missing and has neighbours.
    int page(AddressSpace space) {
        Vma vma = luck.percent(habits.senseless) ? null : vma(space);
        if (vma == null) {
            return luck.below(luck.coin() ? habits.window : arena());
        }
        return switch (luck.below(4)) {
            case 0 -> vma.start();
            case 1 -> vma.end() - 1;
            default -> luck.between(vma.start(), vma.end() - 1);
        };
    }

    /// A page with an entry of this kind, counted upwards from a random one, or [Vma#NONE].
    int page(AddressSpace space, Class<? extends Pte> kind) {
        int start = luck.below(arena());
        for (int i = 0; i < arena(); i++) {
            int page = (start + i) % arena();
            if (kind.isInstance(space.pages().get(page))) {
                return page;
            }
        }
        return Vma.NONE;
    }
}
