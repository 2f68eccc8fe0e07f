package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.kernel.Kernel;
import vmacheck.rules.Answer;
import vmacheck.rules.Decision;
import vmacheck.rules.Decisions;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;

/// Finds rules under which the model does what a kernel did. Such a stand-in is asked thousands of questions in the time
/// that the kernel needs for one; what it says is put to the kernel afterwards.
///
/// First come the rules in question with one single answer replaced by another known one, since a history that is
/// shrunk between the two keeps that one reason. After them come the other built-in rules, those of the kernel's own
/// version first.
final class StandIns {
    private final Vector<Rules> candidates;
    private final Comparison comparison;

    StandIns(Rules rules, LiveKernel kernel, Set<Aspect> aspects) {
        comparison = new Comparison(aspects, kernel.frames());
        Vector<Rules> known = Vector.of(RuleBook.ofRelease(kernel.release()))
                .appendAll(RuleBook.ALL)
                .appendAll(Bugs.ALL.map(Bug::rules));
        Vector<Rules> built = known.map(kernel::asBuilt);
        candidates = exchanged(rules, built).appendAll(built);
    }

    /// The rules with each answer replaced by each other that is known.
    private static Vector<Rules> exchanged(Rules rules, Vector<Rules> known) {
        Set<String> seen = new HashSet<>();
        return Decisions.ALL
                .flatMap(decision -> known.map(other -> new Exchange(decision, other.answer(decision))))
                .filter(exchange -> exchange.changes(rules) && seen.add(exchange.text()))
                .map(exchange -> exchange.in(rules));
    }

    private record Exchange(Decision<?> decision, Answer<?> answer) {
        boolean changes(Rules rules) {
            return !rules.answer(decision).isSame(answer);
        }

        String text() {
            return decision.name() + " = " + answer.name();
        }

        Rules in(Rules rules) {
            return with(rules, decision).named(text(), "");
        }

        @SuppressWarnings("unchecked")
        private <A> Rules with(Rules rules, Decision<A> of) {
            return rules.with(of, (Answer<A>) answer);
        }
    }

    /// The first that does what was observed, up to and with the step that differs, or null.
    @Nullable
    Rules find(Run run, Observed observed, int step) {
        if (observed.steps().size() <= step) {
            return null;
        }
        Observed upTo = new Observed(observed.steps().subList(0, step + 1), null);
        return candidates
                .find(rules -> {
                    Run other = Run.of(new Kernel(rules), run.index(), run.upTo(step));
                    return comparison.compare(other.steps(), upTo) == null;
                })
                .getOrNull();
    }
}
