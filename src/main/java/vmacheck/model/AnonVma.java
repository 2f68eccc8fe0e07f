package vmacheck.model;

import io.vavr.collection.Iterator;
import java.util.Arrays;

/// One `struct anon_vma`. A freed one stays in the machine, marked, so that a dangling pointer to it is seen.
///
/// @param root       id of the oldest ancestor, itself for a root
/// @param parent     id of the anon_vma of the parent VMA at fork, itself for a root
/// @param refcount   1 for a non-empty tree, and on a root 1 for each live descendant
/// @param children   `num_children` (6.0): anon_vmas with this parent; a root counts itself
/// @param activeVmas `num_active_vmas` (6.0): VMAs whose `anon_vma` this is
/// @param tree       the interval tree as an array in insertion order
public record AnonVma(
        int id, int root, int parent, int refcount, int children, int activeVmas, Avc[] tree, boolean freed) {

    public boolean isRoot() {
        return root == id;
    }

    /// The links in the order of insertion.
    public Iterator<Avc> links() {
        return Iterator.of(tree);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AnonVma that
                && id == that.id
                && root == that.root
                && parent == that.parent
                && refcount == that.refcount
                && children == that.children
                && activeVmas == that.activeVmas
                && freed == that.freed
                && Arrays.equals(tree, that.tree);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * id + refcount) + activeVmas) + Arrays.hashCode(tree);
    }
}
