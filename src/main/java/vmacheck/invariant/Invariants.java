package vmacheck.invariant;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import org.jspecify.annotations.Nullable;
import vmacheck.model.*;
import vmacheck.model.Process;

public final class Invariants {
    interface MachineTest {
        @Nullable
        String broken(Machine m);
    }

    private record Simple(String name, MachineTest test) implements Invariant {
        @Override
        public @Nullable Violation judge(Observation o) {
            if (o.step().after() == o.step().before()) return null;
            String b = test.broken(o.step().after());
            return b == null
                    ? null
                    : new Violation(name, Level.SAFETY, b, o.step().call().process(), Vector.empty());
        }
    }

    interface VmaTest {
        @Nullable
        String broken(Machine m, Process p, AddressSpace s, Vma v);
    }

    interface PteTest {
        @Nullable
        String broken(Machine m, Process p, AddressSpace s, int page, Pte pte);
    }

    static Invariant vma(String name, VmaTest t) {
        return new Simple(name, m -> {
            for (int i = 0; i < m.processes().size(); i++) {
                Process p = m.processes().get(i);
                for (int k = 0; k < p.space().vmas().size(); k++) {
                    String b = t.broken(m, p, p.space(), p.space().vma(k));
                    if (b != null)
                        return p.name() + " [" + p.space().vma(k).start() + ","
                                + p.space().vma(k).end() + "): " + b;
                }
            }
            return null;
        });
    }

    static Invariant pte(String name, PteTest t) {
        return new Simple(name, m -> {
            for (int i = 0; i < m.processes().size(); i++) {
                Process p = m.processes().get(i);
                for (int k = 0; k < p.space().pages().size(); k++) {
                    Pte x = p.space().pages().get(k);
                    if (x == null) continue;
                    String b = t.broken(m, p, p.space(), k, x);
                    if (b != null) return p.name() + " page " + k + ": " + b;
                }
            }
            return null;
        });
    }

    public static final Vector<Invariant> ALL = Vector.of(
            new Simple("vmas-disjoint", m -> {
                for (int i = 0; i < m.processes().size(); i++) {
                    AddressSpace s = m.processes().get(i).space();
                    int e = 0;
                    for (int k = 0; k < s.vmas().size(); k++) {
                        Vma v = s.vma(k);
                        if (v.start() < e || v.end() <= v.start()) return "P" + i + " VMA " + v;
                        e = v.end();
                    }
                }
                return null;
            }),
            new Simple("map-count", m -> {
                for (int i = 0; i < m.processes().size(); i++) {
                    AddressSpace s = m.processes().get(i).space();
                    if (s.mapCount() != s.vmas().size()) return "P" + i;
                }
                return null;
            }),
            pte("ptes-inside-vmas", (m, p, s, page, x) -> s.vmaAt(page) == null ? "outside" : null),
            pte("chain-covers", (m, p, s, page, x) -> {
                Vma v = s.vmaAt(page);
                return x instanceof Pte.Present y
                                && m.folios().get(y.folio()) instanceof Folio f
                                && f.anonymous()
                                && v != null
                                && !v.chain().contains(f.mapping())
                        ? "chain lacks A" + f.mapping()
                        : null;
            }),
            pte(
                    "no-dangling-anon-vma",
                    (m, p, s, page, x) -> x instanceof Pte.Present y
                                    && m.folios().get(y.folio()) instanceof Folio f
                                    && f.anonymous()
                                    && m.anonVma(f.mapping()).freed()
                            ? "names freed A" + f.mapping()
                            : null),
            pte("index-follows", (m, p, s, page, x) -> {
                Vma v = s.vmaAt(page);
                return x instanceof Pte.Present y
                                && m.folios().get(y.folio()) instanceof Folio f
                                && v != null
                                && f.index() != v.indexOf(page)
                        ? "index " + f.index()
                        : null;
            }),
            pte(
                    "exclusive-once",
                    (m, p, s, page, x) -> x instanceof Pte.Present y
                                    && m.folios().get(y.folio()) instanceof Folio f
                                    && f.anonymous()
                                    && f.exclusive()
                                    && f.mapcount() != 1
                            ? "exclusive but mapcount " + f.mapcount()
                            : null),
            vma("one-root", (m, p, s, v) -> {
                if (v.isFaulted() != v.chain().size() > 0) return "faulted vs chain";
                if (!v.isFaulted()) return null;
                if (!v.chain().contains(v.anonVma())) return "own not in chain";
                for (int i = 0; i < v.chain().size(); i++)
                    if (m.anonVma(v.chain().get(i)).root() != v.chain().get(0)) return "roots";
                return null;
            }),
            vma("rmap-sound", (m, p, s, v) -> {
                for (int i = 0; i < v.chain().size(); i++) {
                    int n = 0;
                    for (Avc a : m.anonVma(v.chain().get(i)).tree())
                        if (a.process() == p.id()
                                && a.vma() == v.id()
                                && a.first() == v.pgoff()
                                && a.last() == v.pgoff() + v.pages() - 1) n++;
                    if (n != 1) return n + " links";
                }
                return null;
            }),
            new Simple("mapcount", m -> {
                int[] n = new int[m.folios().size()];
                int[] sw = new int[m.slots().size()];
                for (int i = 0; i < m.processes().size(); i++) {
                    var t = m.processes().get(i).space().pages();
                    for (int k = 0; k < t.size(); k++) {
                        if (t.get(k) instanceof Pte.Present y) n[y.folio()]++;
                        if (t.get(k) instanceof Pte.Swap y) sw[y.slot()]++;
                    }
                }
                for (int i = 0; i < n.length; i++) {
                    Folio f = m.folios().get(i);
                    if (f == null ? n[i] != 0 : f.mapcount() != n[i]) return "F" + i + " mapped " + n[i] + " " + f;
                }
                for (int i = 0; i < sw.length; i++) {
                    SwapSlot f = m.slots().get(i);
                    if (f == null ? sw[i] != 0 : f.count() != sw[i]) return "slot" + i + " " + sw[i] + " " + f;
                }
                return null;
            }),
            new Simple("anon-vma-counts", m -> {
                int N = m.anonVmas().size();
                int[] act = new int[N], ch = new int[N], ref = new int[N];
                for (int i = 0; i < m.processes().size(); i++) {
                    AddressSpace s = m.processes().get(i).space();
                    for (int k = 0; k < s.vmas().size(); k++)
                        if (s.vma(k).isFaulted()) act[s.vma(k).anonVma()]++;
                }
                for (int i = 0; i < N; i++) {
                    AnonVma a = m.anonVma(i);
                    if (a.freed()) continue;
                    if (a.tree().length > 0) {
                        ref[i]++;
                        ch[a.parent()]++;
                    } else if (a.isRoot()) {
                    }
                    if (!a.isRoot()) ref[a.root()]++;
                }
                for (int i = 0; i < N; i++) {
                    AnonVma a = m.anonVma(i);
                    if (a.freed()) continue;
                    if (a.activeVmas() != act[i] || a.children() != ch[i] || a.refcount() != ref[i])
                        return "A" + i + " " + a.activeVmas() + "/" + act[i] + " " + a.children() + "/" + ch[i] + " "
                                + a.refcount() + "/" + ref[i];
                }
                return null;
            }),
            new Simple("accounting", m -> {
                for (int i = 0; i < m.processes().size(); i++) {
                    AddressSpace s = m.processes().get(i).space();
                    int t = 0, d = 0;
                    for (int k = 0; k < s.vmas().size(); k++) {
                        Vma v = s.vma(k);
                        t += v.pages();
                        if ((v.flags() & (VmFlags.WRITE | VmFlags.SHARED)) == VmFlags.WRITE) d += v.pages();
                    }
                    if (t != s.totalVm() || d != s.dataVm())
                        return "P" + i + " total " + s.totalVm() + "/" + t + " data " + s.dataVm() + "/" + d;
                }
                return null;
            }));

    public static Option<Invariant> find(String name) {
        return ALL.find(i -> i.name().equals(name));
    }
}
