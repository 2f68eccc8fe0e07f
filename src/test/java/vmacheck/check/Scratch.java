package vmacheck.check;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.check.trial.Checker;
import vmacheck.invariant.Level;
import vmacheck.invariant.Situation;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.rules.Answer;
import vmacheck.rules.ChainSource;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;

/// Checkers and rules for tests: Linux 6.18 with made-up invariants, or with one wrong answer.
public final class Scratch {
    private Scratch() {}

    /// A checker with one invariant of this name; `judge` says what is wrong with a step, or null.
    public static Checker checker(String invariant, Level level, Function<Step, @Nullable String> judge) {
        Kernel kernel = new Kernel(Linux.V6_18);
        return (Situation situation, Call call) -> {
            Step step = kernel.step(situation.machine(), call);
            String message = judge.apply(step);
            List<Violation> violations = message == null
                    ? List.of()
                    : List.of(new Violation(
                            invariant, level, message, call.process(), io.vavr.collection.Vector.empty()));
            return new Verdict(step, new Situation(step.after(), step.after()), violations);
        };
    }

    /// What mremap brings to a merge does not hand its chain on (61f67c230a5e missing).
    public static Rules loosingChains() {
        return Linux.V6_18
                .with(Decisions.EXPAND_CHAIN, new Answer<>("the removed VMA's", "up to 6.18.7", ChainSource.REMOVED))
                .named("loosing-chains", "");
    }

    /// Any contiguous neighbour lends its anon_vma, fork children too.
    public static Rules lendingAny() {
        return Linux.V6_18.with(Decisions.LENDS_ANON_VMA, Conditions.LENDS_ANY).named("lending-any", "");
    }

    /// A merge of a changed range leaves an unfaulted survivor without an anon_vma.
    public static Rules modifyingWithoutChain() {
        return Linux.V6_18
                .with(Decisions.MODIFY_CHAIN, new Answer<>("nobody's", "never", ChainSource.NONE))
                .named("modifying-without-chain", "");
    }
}
