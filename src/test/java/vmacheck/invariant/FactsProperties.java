package vmacheck.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.check.HistoryArbitrary;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.mutants.Mutants;

/// The judge looks only at what a step changed. As long as nothing was wrong before, it must see what it would see if
/// it
/// looked at everything.
class FactsProperties {
    /// Those that are about the machine after a step alone.
    private static final Vector<Invariant> OF_THE_STATE = Invariants.ALL.filter(invariant -> Vector.of(
                    "vmas-disjoint",
                    "map-count",
                    "ptes-inside-vmas",
                    "no-dangling-anon-vma",
                    "chain-covers",
                    "index-follows",
                    "rmap-complete",
                    "rmap-sound",
                    "own-anon-vma-linked",
                    "one-root",
                    "same-anon-vma-same-chain",
                    "chain-parent-closed",
                    "anon-vma-counts",
                    "mapcount",
                    "exclusive-once",
                    "swap-consistent")
            .contains(invariant.name()));

    @Provide
    Arbitrary<History> histories() {
        return new HistoryArbitrary(Linux.V6_18, 40);
    }

    @Provide
    Arbitrary<Rules> anyRules() {
        return Arbitraries.of(RuleBook.ALL.appendAll(Mutants.ALL).asJava());
    }

    @Property(tries = 2000)
    void whatChangedTellsAsMuchAsEverything(@ForAll("anyRules") Rules rules, @ForAll("histories") History history) {
        Judge judge = new Judge(rules, OF_THE_STATE.asJava());
        Situation situation = Situation.start(history.setup());
        for (Call call : history.calls()) {
            Verdict verdict = judge.step(situation, call);
            List<String> found =
                    verdict.violations().stream().map(Violation::invariant).toList();
            assertThat(found).as("after " + CallText.print(call)).isEqualTo(fromScratch(rules, verdict.step()));
            if (!found.isEmpty()) {
                return;
            }
            situation = verdict.after();
        }
    }

    /// What is wrong with a machine that seems to have come out of nothing in one step.
    private static List<String> fromScratch(Rules rules, Step step) {
        Machine start = Machine.start(step.after().setup());
        Step leap = new Step(start, step.call(), step.result(), step.after(), List.of());
        Observation all = Observation.of(rules, leap, leap);
        return OF_THE_STATE
                .filter(invariant -> Option.of(invariant.judge(all)).isDefined())
                .map(Invariant::name)
                .toJavaList();
    }
}
