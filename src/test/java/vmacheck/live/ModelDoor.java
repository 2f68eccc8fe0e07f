package vmacheck.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Rules;

/// A kernel that is a model itself, and can crash.
public final class ModelDoor implements Door {
    private final Kernel kernel;
    private final Predicate<Call> crashes;
    private final Doable doable;
    private boolean closed;

    public ModelDoor(Rules rules) {
        this(rules, _ -> false);
    }

    /// @param crashes whether a call is the end of the kernel
    public ModelDoor(Rules rules, Predicate<Call> crashes) {
        this(rules, crashes, Doable.ALL);
    }

    /// @param doable what it can be asked
    public ModelDoor(Rules rules, Predicate<Call> crashes, Doable doable) {
        kernel = new Kernel(rules);
        this.crashes = crashes;
        this.doable = doable;
    }

    @Override
    public LiveKernel kernel() {
        return new LiveKernel(
                "a model of " + kernel.rules().name(), kernel.rules().name(), true, null, doable);
    }

    @Override
    public int batch() {
        return 16;
    }

    @Override
    public long candidates() {
        return 20_000;
    }

    @Override
    public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
        histories.forEach(history -> sink.accept(observe(history)));
    }

    private Observed observe(History history) {
        List<Observed.Step> steps = new ArrayList<>();
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            if (crashes.test(call)) {
                return new Observed(steps, "it crashed");
            }
            Step step = kernel.step(machine, call);
            machine = step.after();
            steps.add(observed(step));
        }
        return new Observed(steps, null);
    }

    static Observed.Step observed(Step step) {
        Machine machine = step.after();
        ModelHidden hidden = new ModelHidden(machine);
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
            case Pte.Zero _ -> new Observed.Page(page, Observed.State.ZERO, 0L, 1);
            case Pte.Swap _ -> new Observed.Page(page, Observed.State.SWAPPED, null, 0);
            case Pte.Guard _ -> new Observed.Page(page, Observed.State.GUARD, null, 0);
            case Pte.Present(int id, boolean _) -> {
                Folio folio = machine.folio(id);
                yield new Observed.Page(page, Observed.State.PRESENT, (long) folio.content(), 1000L + id);
            }
        };
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
