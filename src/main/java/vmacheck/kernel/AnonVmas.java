package vmacheck.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Chain;
import vmacheck.model.Vma;
import vmacheck.rules.Decisions;
import vmacheck.rules.LendTest;
import vmacheck.rules.ReuseTest;

/// The life of anon_vmas and of the links between them and VMAs (`mm/rmap.c`).
final class AnonVmas {
    private final Draft draft;

    AnonVmas(Draft draft) {
        this.draft = draft;
    }

    /// Makes sure that a VMA has an anon_vma, borrowing a neighbour's if possible (`__anon_vma_prepare`).
    Vma prepare(Space space, Vma vma) {
        if (vma.isFaulted()) {
            return vma;
        }
        int lent = borrow(space, vma);
        int id = lent != Vma.NONE ? lent : newRoot();
        Vma faulted = vma.withAnonVma(id, Chain.of(id));
        link(space.process, faulted, id);
        activate(id, 1);
        space.replace(faulted);
        return faulted;
    }

    /// `find_mergeable_anon_vma`: the next neighbour first, then the previous one.
    private int borrow(Space space, Vma vma) {
        LendTest test = draft.rules.get(Decisions.LENDS_ANON_VMA);
        Vma next = space.findAfter(vma.end());
        if (next != null && next.isFaulted() && test.lends(vma, next, vma, next)) {
            return next.anonVma();
        }
        Vma prev = space.before(vma.start());
        if (prev != null && prev.isFaulted() && test.lends(vma, prev, prev, vma)) {
            return prev.anonVma();
        }
        return Vma.NONE;
    }

    private int newRoot() {
        int id = draft.anonVmas.size();
        draft.anonVmas.add(new AnonVma(id, id, id, 1, 1, 0, new Avc[0], false));
        return id;
    }

    /// Links `vma` to everything that `source` is linked to (`anon_vma_clone`), keeping the order.
    ///
    /// @param anonVma what `vma` already has as its own, or [Vma#NONE] in a fork, where an idle one may be found
    Vma cloneChain(int process, Vma vma, Vma source, int anonVma) {
        ReuseTest reuse = draft.rules.get(Decisions.REUSES_ANON_VMA);
        int own = anonVma;
        for (int i = 0; i < source.chain().size(); i++) {
            int id = source.chain().get(i);
            if (own == Vma.NONE && source.isFaulted() && reuse.reusable(draft.anonVma(id), source)) {
                own = id;
            }
        }
        Vma linked = vma.withAnonVma(own, source.chain());
        for (int i = 0; i < source.chain().size(); i++) {
            link(process, linked, source.chain().get(i));
        }
        if (own != Vma.NONE) {
            activate(own, 1);
        }
        return linked;
    }

    /// Gives an unfaulted survivor of a merge the anon_vma and chain of another VMA (`dup_anon_vma`).
    Vma takeOver(Space space, Vma target, @Nullable Vma source) {
        if (source == null || !source.isFaulted() || target.isFaulted()) {
            return target;
        }
        Vma linked = switch (draft.rules.get(Decisions.TAKE_OVER)) {
            case NAMED_AND_LINKED -> cloneChain(space.process, target, source, source.anonVma());
            case NAMED_ONLY -> {
                activate(source.anonVma(), 1);
                yield target.withAnonVma(source.anonVma(), target.chain());
            }
            case LINKED_THEN_NAMED -> {
                Vma cloned = cloneChain(space.process, target, source, Vma.NONE);
                yield cloned.withAnonVma(source.anonVma(), cloned.chain());
            }
        };
        space.replace(linked);
        return linked;
    }

    /// The anon_vma of a child's copy of a faulted VMA (`anon_vma_fork`).
    ///
    /// @param below the VMA of the parent just below, or null
    Vma fork(int child, Vma copy, Vma parent, @Nullable Vma below) {
        Vma bare = copy.withAnonVma(Vma.NONE, Chain.EMPTY);
        if (!parent.isFaulted()) {
            return bare;
        }
        if (draft.rules.get(Decisions.FORK_LINKS_PARENT_CHAIN)) {
            boolean shares = below != null
                    && below.anonVma() == parent.anonVma()
                    && draft.rules.get(Decisions.FORK_SHARES_SIBLINGS);
            bare = cloneChain(child, bare, parent, shares ? parent.anonVma() : Vma.NONE);
            if (bare.isFaulted()) {
                return bare;
            }
        }
        AnonVma parentOwn = draft.anonVma(parent.anonVma());
        int id = draft.anonVmas.size();
        draft.anonVmas.add(new AnonVma(id, parentOwn.root(), parentOwn.id(), 1, 0, 1, new Avc[0], false));
        change(parentOwn.root(), 1, 0, 0);
        change(parentOwn.id(), 0, 1, 0);
        Vma forked = bare.withAnonVma(id, bare.chain().push(id));
        link(child, forked, id);
        return forked;
    }

    /// Cuts all links of a VMA; anon_vmas that nothing is linked to any more are freed (`unlink_anon_vmas`).
    Vma unlink(int process, Vma vma) {
        Chain chain = vma.chain();
        boolean[] emptied = new boolean[chain.size()];
        for (int i = chain.size() - 1; i >= 0; i--) {
            AnonVma anonVma = draft.anonVma(chain.get(i));
            Avc[] rest = without(anonVma.tree(), process, vma.id());
            emptied[i] = rest.length == 0 && anonVma.tree().length > 0;
            draft.anonVmas.set(anonVma.id(), withTree(anonVma, rest));
            if (emptied[i]) {
                change(anonVma.parent(), 0, -1, 0);
            }
        }
        if (vma.isFaulted()) {
            activate(vma.anonVma(), -1);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            if (emptied[i]) {
                put(chain.get(i));
            }
        }
        return vma.withAnonVma(Vma.NONE, Chain.EMPTY);
    }

    private void put(int id) {
        change(id, -1, 0, 0);
        AnonVma anonVma = draft.anonVma(id);
        if (anonVma.freed()) {
            int root = anonVma.root();
            if (root != id) {
                change(root, -1, 0, 0);
            }
        }
    }

    /// Files a VMA under its present range in the trees that it is linked to.
    void rekey(int process, Vma vma) {
        for (int i = 0; i < vma.chain().size(); i++) {
            AnonVma anonVma = draft.anonVma(vma.chain().get(i));
            Avc[] tree = anonVma.tree().clone();
            for (int k = 0; k < tree.length; k++) {
                if (tree[k].process() == process && tree[k].vma() == vma.id()) {
                    tree[k] = avc(process, vma);
                }
            }
            draft.anonVmas.set(anonVma.id(), withTree(anonVma, tree));
        }
    }

    private void link(int process, Vma vma, int id) {
        AnonVma anonVma = draft.anonVma(id);
        Avc[] tree = Arrays.copyOf(anonVma.tree(), anonVma.tree().length + 1);
        tree[tree.length - 1] = avc(process, vma);
        draft.anonVmas.set(id, withTree(anonVma, tree));
    }

    private void activate(int id, int delta) {
        change(id, 0, 0, delta);
    }

    private void change(int id, int references, int children, int active) {
        AnonVma a = draft.anonVma(id);
        int refcount = a.refcount() + references;
        draft.anonVmas.set(
                id,
                new AnonVma(
                        id,
                        a.root(),
                        a.parent(),
                        refcount,
                        a.children() + children,
                        a.activeVmas() + active,
                        a.tree(),
                        a.freed() || refcount <= 0));
    }

    private static Avc avc(int process, Vma vma) {
        return new Avc(process, vma.id(), vma.pgoff(), vma.pgoff() + vma.pages() - 1);
    }

    private static AnonVma withTree(AnonVma a, Avc[] tree) {
        return new AnonVma(a.id(), a.root(), a.parent(), a.refcount(), a.children(), a.activeVmas(), tree, a.freed());
    }

    private static Avc[] without(Avc[] tree, int process, int vma) {
        int kept = 0;
        for (Avc avc : tree) {
            if (avc.process() != process || avc.vma() != vma) {
                kept++;
            }
        }
        if (kept == tree.length) {
            return tree;
        }
        Avc[] rest = new Avc[kept];
        int i = 0;
        for (Avc avc : tree) {
            if (avc.process() != process || avc.vma() != vma) {
                rest[i++] = avc;
            }
        }
        return rest;
    }
}
