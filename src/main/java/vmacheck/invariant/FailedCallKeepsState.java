package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Vma;

/// A call that fails and promises to do nothing then did nothing; one that may leave splits behind left no more.
final class FailedCallKeepsState implements Invariant {
    @Override
    public String name() {
        return "failed-call-keeps-state";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        if (step.before() == step.after() || !Promise.isFailure(step)) {
            return null;
        }
        boolean kept = switch (Promise.of(observation.rules(), step)) {
            case NONE -> true;
            case NOTHING -> isSame(step.before(), step.after());
            case SPLITS -> isSameButSplit(step);
        };
        if (kept) {
            return null;
        }
        int process = step.call().process();
        String message = CallText.print(step.call()) + " fails with " + ResultText.print(step.result())
                + " and changes memory all the same";
        return Violation.of(this, process, message);
    }

    /// A store that failed leaves a gap in the numbering of tokens, and nothing else.
    private static boolean isSame(Machine before, Machine after) {
        return before.committed() == after.committed()
                && before.nextVma() == after.nextVma()
                && before.processes().equals(after.processes())
                && before.anonVmas().equals(after.anonVmas())
                && before.folios().equals(after.folios())
                && before.slots().equals(after.slots())
                && before.files().equals(after.files())
                && before.inodes().equals(after.inodes());
    }

    private static boolean isSameButSplit(Step step) {
        Machine before = step.before();
        Machine after = step.after();
        boolean same = before.committed() == after.committed()
                && before.folios().equals(after.folios())
                && before.slots().equals(after.slots())
                && before.files().equals(after.files())
                && before.inodes().equals(after.inodes())
                && before.processes().size() == after.processes().size();
        for (int p = 0; same && p < after.processes().size(); p++) {
            Process then = before.processes().get(p);
            Process now = after.processes().get(p);
            same = then == now || (then != null && now != null && isSameButSplit(then.space(), now.space()));
        }
        return same;
    }

    private static boolean isSameButSplit(AddressSpace before, AddressSpace after) {
        if (!before.pages().equals(after.pages())
                || before.totalVm() != after.totalVm()
                || before.dataVm() != after.dataVm()
                || before.lockedVm() != after.lockedVm()
                || before.brk() != after.brk()
                || before.defFlags() != after.defFlags()) {
            return false;
        }
        int k = 0;
        for (int i = 0; i < before.vmas().size(); i++) {
            Vma whole = before.vma(i);
            int reached = whole.start();
            while (reached < whole.end()) {
                Vma piece = after.vmas().get(k++);
                if (piece == null || piece.start() != reached || !isPieceOf(piece, whole)) {
                    return false;
                }
                reached = piece.end();
            }
        }
        return k == after.vmas().size();
    }

    private static boolean isPieceOf(Vma piece, Vma whole) {
        return piece.end() <= whole.end()
                && piece.flags() == whole.flags()
                && piece.pgoff() == whole.indexOf(piece.start())
                && piece.anonVma() == whole.anonVma()
                && piece.chain().equals(whole.chain())
                && piece.file() == whole.file()
                && piece.policy() == whole.policy()
                && piece.uffd() == whole.uffd()
                && piece.name().equals(whole.name());
    }
}
