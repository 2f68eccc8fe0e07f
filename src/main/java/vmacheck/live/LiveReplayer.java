package vmacheck.live;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.call.History;
import vmacheck.kernel.Kernel;
import vmacheck.rules.Rules;

/// Runs given histories on a kernel and on the model, and compares them call by call to the end.
public final class LiveReplayer {
    private final Door door;
    private final Set<Aspect> aspects;

    /// @param aspects what to compare
    public LiveReplayer(Door door, Set<Aspect> aspects) {
        this.door = door;
        this.aspects = aspects;
    }

    /// What is not compared or not done on this kernel, and why; one sentence each.
    public Vector<String> notes() {
        return door.kernel().notes(aspects);
    }

    /// Each history under each of the rules, in that order. The kernel is asked once for each history, and more often
    /// only where it differs.
    ///
    /// @throws LiveException if the kernel cannot be reached
    public Vector<LiveReplay> run(Vector<History> histories, Vector<Rules> rules) {
        Vector<History> asked = histories.map(this::doable);
        List<Observed> observed = ask(asked.asJava());
        return Vector.range(0, histories.size())
                .flatMap(i -> rules.map(r -> compare(r, histories.get(i), asked.get(i), observed.get(i))));
    }

    private List<Observed> ask(List<History> histories) {
        List<Observed> observed = new ArrayList<>(histories.size());
        door.observe(histories, aspects, observed::add);
        return observed;
    }

    private History doable(History history) {
        Doable doable = door.kernel().doable();
        return new History(
                doable.instead(history.setup()),
                history.calls().map(call -> doable.instead(call, doable.instead(history.setup()))));
    }

    private LiveReplay compare(Rules rules, History saved, History asked, Observed first) {
        Comparison comparison = new Comparison(aspects, door.kernel().frames());
        Run run = Run.of(new Kernel(rules), 0, asked);
        Difference difference = comparison.compare(run.steps(), first);
        if (difference == null) {
            return replay(comparison, rules, saved, run, first, Finding.NOT_RUN, null);
        }
        int again = 0;
        Observed agreeing = null;
        for (Observed one : ask(Collections.nCopies(Conform.RERUNS, asked))) {
            Difference found = comparison.compare(run.steps(), one);
            if (found == null) {
                agreeing = one;
            } else if (found.step() == difference.step() && found.isLike(difference)) {
                again++;
            }
        }
        Explained reason = explanation(run, first, difference);
        return reason == null || again > reason.mostAgain() || agreeing == null
                ? replay(comparison, rules, saved, run, first, again, null)
                : replay(comparison, rules, saved, run, agreeing, Finding.NOT_RUN, reason.reason());
    }

    private static @Nullable Explained explanation(Run run, Observed observed, Difference difference) {
        int step = difference.step();
        return step < observed.steps().size()
                ? Explained.of(
                        difference, run.steps().get(step), observed.steps().get(step))
                : null;
    }

    private static LiveReplay replay(
            Comparison comparison,
            Rules rules,
            History saved,
            Run run,
            Observed observed,
            int again,
            @Nullable String explained) {
        Vector<Option<Difference>> differences = Vector.empty();
        for (Difference difference : comparison.compareAll(run.steps(), observed)) {
            differences = differences.append(Option.of(difference));
        }
        return new LiveReplay(
                saved,
                rules,
                Vector.ofAll(run.steps()),
                run.history().setup(),
                observed,
                differences,
                again,
                explained);
    }
}
