package vmacheck.live;

import java.util.ArrayList;
import java.util.List;
import vmacheck.call.CallText;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// What a kernel would show that is exactly like the model.
final class Imagined {
    private static final long ZERO_FRAME = 1;
    static final long FIRST_FRAME = 1000;

    private Imagined() {}

    static Observed of(List<Step> steps) {
        return new Observed(steps.stream().map(Imagined::of).toList(), null);
    }

    /// After one step.
    static Observed.Step of(Step step) {
        Machine machine = step.after();
        ImaginedHidden hidden = new ImaginedHidden(machine);
        List<Observed.Process> processes = new ArrayList<>();
        for (int p = 0; p < machine.processes().size(); p++) {
            Process process = machine.live(p);
            if (process != null) {
                processes.add(process(machine, process, hidden.of(process)));
            }
        }
        String result = step.result() instanceof Result.Value(int value)
                ? Integer.toString(value)
                : ResultText.print(step.result());
        return new Observed.Step(CallText.print(step.call()), result, processes, hidden.anonVmas());
    }

    private static Observed.Process process(Machine machine, Process process, Hidden hidden) {
        AddressSpace space = process.space();
        List<Observed.Mapping> vmas = new ArrayList<>();
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            vmas.add(new Observed.Mapping(
                    vma.start(),
                    vma.end(),
                    VmFlags.toPerm(vma.flags()),
                    VmFlags.toSmaps(vma.flags()),
                    VmaText.offset(vma),
                    VmaText.file(machine, vma)));
        }
        List<Observed.Page> pages = new ArrayList<>();
        for (int page = 0; page < machine.setup().pages(); page++) {
            Pte pte = space.pages().get(page);
            if (pte != null) {
                pages.add(page(machine, page, pte));
            }
        }
        return new Observed.Process(
                process.id(),
                vmas,
                pages,
                hidden,
                new Observed.Accounting(space.totalVm(), space.lockedVm(), space.dataVm()));
    }

    private static Observed.Page page(Machine machine, int page, Pte pte) {
        return switch (pte) {
            case Pte.Zero _ -> new Observed.Page(page, Observed.State.ZERO, 0L, ZERO_FRAME);
            case Pte.Swap _ -> new Observed.Page(page, Observed.State.SWAPPED, null, 0);
            case Pte.Guard _ -> new Observed.Page(page, Observed.State.GUARD, null, 0);
            case Pte.Present(int id, boolean _) -> {
                Folio folio = machine.folio(id);
                yield new Observed.Page(page, Observed.State.PRESENT, (long) folio.content(), FIRST_FRAME + id);
            }
        };
    }
}
