package vmacheck.rules.matena;

import io.vavr.collection.Vector;
import vmacheck.model.Vma;
import vmacheck.rules.Composed;
import vmacheck.rules.OffsetRule;
import vmacheck.rules.View;
import vmacheck.rules.linux.Conditions;

/// Moved memory gets the offset of its destination if no other process has a part in it.
///
/// @param parent   whether children of a fork keep their offset
/// @param children whether memory that was forked keeps its offset while a child has it
/// @param pages    whether memory of which a page is mapped or swapped by others keeps its offset
record DestinationOffset(boolean parent, boolean children, boolean pages) implements OffsetRule, Composed<OffsetRule> {
    @Override
    public int pgoff(View view, int process, Vma source, int from, int length, int to) {
        boolean kept = !source.isAnonymous()
                || !source.isFaulted()
                || (parent && Sharing.hasParent(view, source.anonVma()))
                || (children && Sharing.hasChildren(view, source.anonVma()))
                || (pages && Sharing.sharesPages(view, process, from, from + length));
        return kept ? Conditions.KEPT_UNLESS_UNFAULTED.value().pgoff(view, process, source, from, length, to) : to;
    }

    @Override
    public Vector<Part<OffsetRule>> parts() {
        return Vector.of(
                new Part<>(
                        "parent",
                        "what a fork child moved, at the offset of its destination",
                        new DestinationOffset(false, children, pages)),
                new Part<>(
                        "children",
                        "what was moved though it has children, at the offset of its destination",
                        new DestinationOffset(parent, false, pages)),
                new Part<>(
                        "pages",
                        "what was moved though pages are shared, at the offset of its destination",
                        new DestinationOffset(parent, children, false)),
                new Part<>(
                        "parent-and-children",
                        "what was moved whatever forks there were, at the offset of its destination",
                        new DestinationOffset(false, false, pages)),
                new Part<>(
                        "parent-and-pages",
                        "what a fork child moved, at the offset of its destination, shared pages too",
                        new DestinationOffset(false, children, false)),
                new Part<>(
                        "children-and-pages",
                        "what was moved though it has children, at the offset of its destination, shared pages too",
                        new DestinationOffset(parent, false, false)));
    }
}
