package vmacheck.invariant;

import io.vavr.Tuple;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Table;
import vmacheck.model.Vma;

/// Kernels that are broken where no rules decide: what each does to the machine after a step of P0. They show that the
/// invariants can fail which the kernel's algorithms keep, whatever is decided.
final class Damages {
    private static final Map<String, UnaryOperator<Step>> ALL = LinkedHashMap.ofEntries(
            Tuple.of(
                    "map-count-off-by-one",
                    inSpace((_, now) -> with(now, now.vmas(), now.pages(), now.mapCount() + 1))),
            Tuple.of("entries-left-behind", inSpace(Damages::withEntriesOf)),
            Tuple.of("still-writable", inSpace(Damages::withWritableEntriesOf)),
            Tuple.of("exclusive-lost", step -> inFolio(step, folio -> folio.withExclusive(false))),
            Tuple.of(
                    "index-off-by-one",
                    step -> inFolio(step, folio -> folio.withMapping(folio.mapping(), folio.index() + 1))),
            Tuple.of("stale-interval", step -> inAnonVma(step, Damages::withShortLink)),
            Tuple.of("mapcount-not-lowered", Damages::withOldMapcount),
            Tuple.of("shared-page-copied", Damages::withCopy));

    private interface SpaceDamage {
        AddressSpace damage(AddressSpace then, AddressSpace now);
    }

    private Damages() {}

    static Step damage(String name, Step step) {
        return ALL.get(name)
                .getOrElseThrow(() -> new AssertionError("a page names the unknown damage \"" + name + "\", expected "
                        + ALL.keySet().mkString(", ")))
                .apply(step);
    }

    static Iterable<String> names() {
        return ALL.keySet();
    }

    /// What was in the page table before is still there.
    private static AddressSpace withEntriesOf(AddressSpace then, AddressSpace now) {
        Table<Pte> pages = now.pages();
        for (int page = 0; page < pages.size(); page++) {
            pages = pages.get(page) == null ? pages.with(page, then.pages().get(page)) : pages;
        }
        return with(now, now.vmas(), pages, now.mapCount());
    }

    /// Entries that let P0 write before still do.
    private static AddressSpace withWritableEntriesOf(AddressSpace then, AddressSpace now) {
        Table<Pte> pages = now.pages();
        for (int page = 0; page < pages.size(); page++) {
            if (then.pages().get(page) instanceof Pte.Present(int old, boolean writable)
                    && writable
                    && pages.get(page) instanceof Pte.Present(int folio, _)
                    && folio == old) {
                pages = pages.with(page, then.pages().get(page));
            }
        }
        return with(now, now.vmas(), pages, now.mapCount());
    }

    /// The first link ends a page too early.
    private static AnonVma withShortLink(AnonVma a) {
        if (a.tree().length == 0) {
            return a;
        }
        Avc[] tree = a.tree().clone();
        tree[0] = new Avc(tree[0].process(), tree[0].vma(), tree[0].first(), tree[0].last() - 1);
        return new AnonVma(a.id(), a.root(), a.parent(), a.refcount(), a.children(), a.activeVmas(), tree, a.freed());
    }

    /// Folios that are mapped less often than before are counted as before.
    private static Step withOldMapcount(Step step) {
        Table<Folio> folios = step.after().folios();
        for (int id = 0; id < folios.size(); id++) {
            Folio then = step.before().folios().get(id);
            Folio now = folios.get(id);
            if (then != null && now != null && now.mapcount() < then.mapcount()) {
                folios = folios.with(id, now.withMapcount(then.mapcount()));
            }
        }
        return after(
                step, with(step.after(), step.after().processes(), step.after().anonVmas(), folios));
    }

    /// What P0 has mapped at page 0 becomes a copy of its own, and the page itself is as before the step.
    private static Step withCopy(Step step) {
        Machine now = step.after();
        Process p = Objects.requireNonNull(now.processes().get(0));
        if (!(p.space().pages().get(0) instanceof Pte.Present(int id, boolean writable))) {
            return step;
        }
        Folio page = now.folio(id);
        Folio then = step.before().folios().get(id);
        int copy = now.folios().size();
        Folio original = page.withMapcount(page.mapcount() - 1).withContent(then == null ? 0 : then.content());
        Folio own = new Folio(
                copy,
                false,
                page.mapping(),
                page.index(),
                1,
                false,
                page.content(),
                Vma.NONE,
                vmacheck.model.LazyFree.NO,
                vmacheck.model.Stranded.NO);
        AddressSpace space = with(
                p.space(),
                p.space().vmas(),
                p.space().pages().with(0, new Pte.Present(copy, writable)),
                p.space().mapCount());
        return after(
                step,
                with(
                        now,
                        now.processes().with(0, new Process(0, p.parent(), p.alive(), space)),
                        now.anonVmas(),
                        now.folios().with(id, original).with(copy, own)));
    }

    private static UnaryOperator<Step> inSpace(SpaceDamage damage) {
        return step -> {
            Machine now = step.after();
            Process p = Objects.requireNonNull(now.processes().get(0));
            AddressSpace then =
                    Objects.requireNonNull(step.before().processes().get(0)).space();
            Process damaged = new Process(0, p.parent(), p.alive(), damage.damage(then, p.space()));
            return after(step, with(now, now.processes().with(0, damaged), now.anonVmas(), now.folios()));
        };
    }

    /// Damages A0, if there is one.
    private static Step inAnonVma(Step step, UnaryOperator<AnonVma> damage) {
        Machine now = step.after();
        @Nullable AnonVma first = now.anonVmas().get(0);
        return first == null
                ? step
                : after(step, with(now, now.processes(), now.anonVmas().with(0, damage.apply(first)), now.folios()));
    }

    /// Damages F0, if there is one.
    private static Step inFolio(Step step, UnaryOperator<Folio> damage) {
        Machine now = step.after();
        @Nullable Folio first = now.folios().get(0);
        return first == null
                ? step
                : after(
                        step,
                        with(now, now.processes(), now.anonVmas(), now.folios().with(0, damage.apply(first))));
    }

    private static Step after(Step step, Machine after) {
        return new Step(step.before(), step.call(), step.result(), after, step.merges());
    }

    private static AddressSpace with(AddressSpace s, Table<Vma> vmas, Table<Pte> pages, int mapCount) {
        return new AddressSpace(
                vmas, pages, mapCount, s.totalVm(), s.dataVm(), s.lockedVm(), s.startBrk(), s.brk(), s.defFlags());
    }

    private static Machine with(Machine m, Table<Process> processes, Table<AnonVma> anonVmas, Table<Folio> folios) {
        return new Machine(
                m.setup(),
                processes,
                anonVmas,
                folios,
                m.slots(),
                m.files(),
                m.inodes(),
                m.committed(),
                m.nextVma(),
                m.writes());
    }
}
