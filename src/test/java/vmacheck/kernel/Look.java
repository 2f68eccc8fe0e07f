package vmacheck.kernel;

import vmacheck.call.Call;
import vmacheck.call.HistoryParser;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Rules;

/// A machine after a history, with its hidden state as short text for tests.
record Look(Machine machine) {
    static Look after(Rules rules, String history) {
        Kernel kernel = new Kernel(rules);
        var parsed = HistoryParser.history(history);
        Machine machine = Machine.start(parsed.setup());
        for (Call call : parsed.calls()) {
            machine = kernel.step(machine, call).after();
        }
        return new Look(machine);
    }

    /// Such as `F0(A0,10) mc2 E`: folio, anon_vma, index, mapcount, exclusive; `zero`, `swap0 x2 E`, `guard` or `none`.
    String page(int process, int page) {
        return switch (machine.processes().get(process).space().pages().get(page)) {
            case null -> "none";
            case Pte.Zero _ -> "zero";
            case Pte.Guard _ -> "guard";
            case Pte.Swap swap ->
                "swap" + swap.slot() + " x" + machine.slots().get(swap.slot()).count() + (swap.exclusive() ? " E" : "");
            case Pte.Present present -> {
                Folio f = machine.folio(present.folio());
                yield "F" + f.id() + "(" + (f.anonymous() ? "A" : "inode") + f.mapping() + "," + f.index() + ") mc"
                        + f.mapcount() + (f.exclusive() ? " E" : "");
            }
        };
    }

    /// Such as `A1 {children 0, active 1, ref 1} parent A0`.
    String anonVma(int id) {
        AnonVma a = machine.anonVma(id);
        return "A" + id + " {children " + a.children() + ", active " + a.activeVmas() + ", ref " + a.refcount() + "}"
                + (a.isRoot() ? "" : " parent A" + a.parent()) + (a.freed() ? " freed" : "");
    }

    /// Such as `[10,12) rw-p p10 A1 [0, 1]`; no anon_vma and chain while unfaulted.
    String vma(int process, int page) {
        Vma vma = machine.processes().get(process).space().vmaAt(page);
        return vma == null
                ? "none"
                : "[" + vma.start() + "," + vma.end() + ") " + VmFlags.toPerm(vma.flags()) + " p" + vma.pgoff()
                        + (vma.isFaulted() ? " A" + vma.anonVma() + " " + vma.chain() : "");
    }
}
