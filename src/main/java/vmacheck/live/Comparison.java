package vmacheck.live;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.kernel.Step;
import vmacheck.live.Difference.What;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Compares what a kernel showed with the model, call by call. Not safe for threads.
final class Comparison {
    private final Set<Aspect> aspects;
    private final PageComparison pages;
    private final HiddenComparison hidden = new HiddenComparison();
    private final Map<Long, String> flagTexts = new HashMap<>();
    private long steps;

    /// @param aspects what to compare: what of it a kernel did not show is passed over
    /// @param frames  whether the kernel told the numbers of physical pages
    Comparison(Set<Aspect> aspects, boolean frames) {
        this.aspects = EnumSet.copyOf(aspects);
        pages = new PageComparison(frames);
    }

    /// Calls compared so far.
    long steps() {
        return steps;
    }

    /// The first difference, or null.
    @Nullable
    Difference compare(List<Step> model, Observed kernel) {
        for (int i = 0; i < model.size(); i++) {
            if (i == kernel.steps().size()) {
                return end(model, kernel);
            }
            Difference difference = compare(i, model.get(i), kernel.steps().get(i));
            steps++;
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /// The first difference of each call, or null where there is none.
    List<@Nullable Difference> compareAll(List<Step> model, Observed kernel) {
        List<@Nullable Difference> differences = new ArrayList<>(Collections.nCopies(model.size(), null));
        for (int i = 0; i < kernel.steps().size(); i++) {
            differences.set(i, compare(i, model.get(i), kernel.steps().get(i)));
            steps++;
        }
        if (kernel.steps().size() < model.size()) {
            Difference end = end(model, kernel);
            differences.set(end.step(), end);
        }
        return differences;
    }

    /// What ended a history early. Of a puppet that is gone nobody knows how far it came.
    private static Difference end(List<Step> model, Observed kernel) {
        String trouble = kernel.trouble() == null ? "nothing more" : kernel.trouble();
        int at = kernel.steps().isEmpty() ? model.size() - 1 : kernel.steps().size();
        return new Difference(at, model.get(at).call(), Vma.NONE, Vma.NONE, What.TROUBLE, "goes on", trouble);
    }

    private @Nullable Difference compare(int index, Step model, Observed.Step kernel) {
        String result = print(model.result());
        if (!result.equals(kernel.result()) && !readsAround(model, kernel.result())) {
            return new Difference(index, model.call(), Vma.NONE, Vma.NONE, What.RESULT, result, kernel.result());
        }
        Machine machine = model.after();
        pages.begin();
        hidden.begin();
        for (int p = 0; p < machine.processes().size(); p++) {
            Process process = machine.live(p);
            Observed.Process seen = kernel.process(p);
            if ((process == null) != (seen == null)) {
                return new Difference(index, model.call(), p, Vma.NONE, What.ALIVE, alive(process), alive(seen));
            }
            if (process != null && seen != null) {
                Difference difference = compare(index, model, machine, process, seen);
                if (difference != null) {
                    return difference;
                }
            }
        }
        return aspects.contains(Aspect.HIDDEN)
                ? difference(index, model, hidden.finish(machine, kernel.anonVmas()))
                : null;
    }

    private boolean readsAround(Step model, String result) {
        return model.result() instanceof Result.Fault(Result.Signal signal)
                && signal == Result.Signal.SIGSEGV
                && model.call() instanceof Call.Read(int number, int page)
                && model.before().live(number) instanceof Process process
                && pages.readsAround(model.before(), process, page, result);
    }

    private static @Nullable Difference difference(int index, Step step, HiddenComparison.@Nullable Mismatch mismatch) {
        return mismatch == null
                ? null
                : new Difference(
                        index,
                        step.call(),
                        mismatch.process(),
                        mismatch.page(),
                        mismatch.what(),
                        mismatch.model(),
                        mismatch.kernel());
    }

    private @Nullable Difference compare(
            int index, Step step, Machine machine, Process process, Observed.Process seen) {
        if (aspects.contains(Aspect.VMAS) && seen.vmas() != null && !sameVmas(machine, process.space(), seen.vmas())) {
            return new Difference(
                    index,
                    step.call(),
                    process.id(),
                    Vma.NONE,
                    What.VMAS,
                    VmaText.print(machine, process.space()),
                    VmaText.print(seen.vmas()));
        }
        if (aspects.contains(Aspect.PAGES) && seen.pages() != null) {
            PageComparison.Mismatch mismatch = pages.compare(machine, process, seen.pages());
            if (mismatch != null) {
                return new Difference(
                        index,
                        step.call(),
                        process.id(),
                        mismatch.page(),
                        mismatch.what(),
                        mismatch.model(),
                        mismatch.kernel());
            }
        }
        if (aspects.contains(Aspect.HIDDEN)) {
            HiddenComparison.Mismatch mismatch = hidden.compare(machine, process, seen.hidden());
            if (mismatch != null) {
                return difference(index, step, mismatch);
            }
        }
        Observed.Accounting accounting = seen.accounting();
        if (aspects.contains(Aspect.ACCOUNTING) && accounting != null) {
            AddressSpace space = process.space();
            Observed.Accounting own = new Observed.Accounting(space.totalVm(), space.lockedVm(), space.dataVm());
            if (!own.equals(accounting)) {
                return new Difference(
                        index, step.call(), process.id(), Vma.NONE, What.ACCOUNTING, print(own), print(accounting));
            }
        }
        return null;
    }

    private boolean sameVmas(Machine machine, AddressSpace space, List<Observed.Mapping> seen) {
        if (space.vmas().size() != seen.size()) {
            return false;
        }
        for (int i = 0; i < seen.size(); i++) {
            Vma vma = space.vma(i);
            Observed.Mapping mapping = seen.get(i);
            boolean same = vma.start() == mapping.start()
                    && vma.end() == mapping.end()
                    && VmaText.offset(vma) == mapping.offset()
                    && VmFlags.toPerm(vma.flags()).equals(mapping.perm())
                    && Objects.equals(VmaText.file(machine, vma), mapping.file())
                    && sameFlags(flags(vma.flags()), mapping.flags());
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /// Kernels write `??` for a flag to which they give no mnemonic (6.1 does for `lf`), which may be any flag.
    private static boolean sameFlags(String model, @Nullable String kernel) {
        if (kernel == null || model.equals(kernel)) {
            return true;
        }
        return kernel.contains("??") && model.matches(kernel.replace("??", "[a-z]{2}"));
    }

    private String flags(long flags) {
        return flagTexts.computeIfAbsent(flags, VmFlags::toSmaps);
    }

    /// As the puppet writes it: it does not know what stands in a file.
    private static String print(Result result) {
        return result instanceof Result.Value(int value) ? Integer.toString(value) : ResultText.print(result);
    }

    private static String alive(@Nullable Object process) {
        return process == null ? "not there" : "there";
    }

    private static String print(Observed.Accounting accounting) {
        return accounting.size() + " pages mapped, " + accounting.locked() + " locked, " + accounting.data() + " data";
    }
}
