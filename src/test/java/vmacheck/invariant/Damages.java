package vmacheck.invariant;

import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import java.util.function.UnaryOperator;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// Kernels that are broken where no rules decide: what each does to the machine after a call of P0. They show that the
/// invariants can fail which the kernel's algorithms keep, whatever is decided.
final class Damages {
    private static final Map<String, UnaryOperator<Machine>> ALL = LinkedHashMap.of(
            "map-count-off-by-one", inSpace(s -> space(s, s.vmas(), s.pages(), s.mapCount() + 1)),
            "empty-vma", inSpace(Damages::leaveEmptyVma),
            "entry-left-behind", inSpace(s -> space(s, s.vmas(), s.pages().with(0, Pte.ZERO), s.mapCount())),
            "split-left-behind", inSpace(Damages::split),
            "stale-interval", inAnonVma(Damages::shorten),
            "anon-vma-not-set",
                    machine -> inAnonVma(a -> counts(a, a.activeVmas() - 1))
                            .apply(inSpace(s -> space(s, s.vmas().with(0, unset(s.vma(0))), s.pages(), s.mapCount()))
                                    .apply(machine)),
            "mapcount-not-lowered", Damages::raiseMapcount);

    private Damages() {}

    static UnaryOperator<Machine> find(String name) {
        return ALL.get(name)
                .getOrElseThrow(() -> new AssertionError("a page names the unknown damage \"" + name + "\", expected "
                        + ALL.keySet().mkString(", ")));
    }

    static Iterable<String> names() {
        return ALL.keySet();
    }

    /// Behind the first VMA lies one more, which is empty.
    private static AddressSpace leaveEmptyVma(AddressSpace s) {
        Vma first = s.vma(0);
        Vma empty = new Vma(
                1_000,
                first.end(),
                first.end(),
                first.flags(),
                first.end(),
                Vma.NONE,
                Chain.EMPTY,
                Vma.NONE,
                -1,
                -1,
                "");
        return space(s, s.vmas().with(s.vmas().size(), empty), s.pages(), s.mapCount() + 1);
    }

    /// The last VMA has lost its last page to a new one.
    private static AddressSpace split(AddressSpace s) {
        int last = s.vmas().size() - 1;
        Vma whole = s.vma(last);
        int at = whole.end() - 1;
        Vma lower = whole.withRange(whole.start(), at, whole.pgoff());
        Vma upper = whole.withId(1_000).withRange(at, whole.end(), whole.indexOf(at));
        return space(s, s.vmas().with(last, lower).with(last + 1, upper), s.pages(), s.mapCount() + 1);
    }

    private static Vma unset(Vma vma) {
        return vma.withAnonVma(Vma.NONE, vma.chain());
    }

    /// The first link ends a page too early.
    private static AnonVma shorten(AnonVma a) {
        Avc[] tree = a.tree().clone();
        tree[0] = new Avc(tree[0].process(), tree[0].vma(), tree[0].first(), tree[0].last() - 1);
        return new AnonVma(a.id(), a.root(), a.parent(), a.refcount(), a.children(), a.activeVmas(), tree, a.freed());
    }

    private static AnonVma counts(AnonVma a, int active) {
        return new AnonVma(a.id(), a.root(), a.parent(), a.refcount(), a.children(), active, a.tree(), a.freed());
    }

    private static Machine raiseMapcount(Machine m) {
        Folio folio = m.folio(0).withExclusive(false);
        return new Machine(
                m.setup(),
                m.processes(),
                m.anonVmas(),
                m.folios().with(0, folio.withMapcount(folio.mapcount() + 1)),
                m.slots(),
                m.files(),
                m.inodes(),
                m.committed(),
                m.nextVma(),
                m.writes());
    }

    private static AddressSpace space(AddressSpace s, Table<Vma> vmas, Table<Pte> pages, int mapCount) {
        return new AddressSpace(
                vmas, pages, mapCount, s.totalVm(), s.dataVm(), s.lockedVm(), s.startBrk(), s.brk(), s.defFlags());
    }

    private static UnaryOperator<Machine> inSpace(UnaryOperator<AddressSpace> damage) {
        return m -> {
            Process p = m.processes().get(0);
            Process damaged = new Process(p.id(), p.parent(), p.alive(), damage.apply(p.space()));
            return new Machine(
                    m.setup(),
                    m.processes().with(0, damaged),
                    m.anonVmas(),
                    m.folios(),
                    m.slots(),
                    m.files(),
                    m.inodes(),
                    m.committed(),
                    m.nextVma(),
                    m.writes());
        };
    }

    private static UnaryOperator<Machine> inAnonVma(UnaryOperator<AnonVma> damage) {
        return m -> new Machine(
                m.setup(),
                m.processes(),
                m.anonVmas().with(0, damage.apply(m.anonVma(0))),
                m.folios(),
                m.slots(),
                m.files(),
                m.inodes(),
                m.committed(),
                m.nextVma(),
                m.writes());
    }
}
