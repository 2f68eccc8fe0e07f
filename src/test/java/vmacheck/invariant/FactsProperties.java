package vmacheck.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static vmacheck.rules.Decisions.REUSES_ANON_VMA;

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
import vmacheck.kernel.Kernel;
import vmacheck.kernel.Step;
import vmacheck.model.Machine;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;
import vmacheck.rules.linux.Conditions;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.mutants.Mutants;

/// The judge looks only at what a step changed. As long as nothing was wrong before, it must see what it would see if
/// it looked at everything.
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
        return Arbitraries.of(RuleBook.ALL
                .appendAll(Bugs.ALL.map(Bug::rules))
                .appendAll(Mutants.ALL)
                .asJava());
    }

    @Property(tries = 1000)
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

    @Provide
    Arbitrary<String> anyDamage() {
        return Arbitraries.of(Vector.ofAll(Damages.names()).toJavaList());
    }

    /// With the anon-exclusive bit, and before it.
    @Provide
    Arbitrary<Rules> soundRules() {
        return Arbitraries.of(Linux.V6_18, Linux.V5_17.with(REUSES_ANON_VMA, Conditions.REUSES_IDLE));
    }

    /// A damage changes what the call has left alone: a link in a tree, say, and not the VMA that it leads to.
    @Property(tries = 1000)
    void noDamageIsOverlooked(
            @ForAll("soundRules") Rules rules,
            @ForAll("anyDamage") String damage,
            @ForAll("histories") History history) {
        Kernel kernel = new Kernel(rules);
        Machine machine = Machine.start(history.setup());
        for (Call call : history.calls()) {
            Step sound = kernel.step(machine, call);
            Step damaged = Damages.damage(damage, sound);
            Observation changes = Observation.of(rules, damaged, damaged);
            assertThat(violated(changes)).as("after " + CallText.print(call)).isEqualTo(fromScratch(rules, damaged));
            machine = sound.after();
        }
    }

    /// What is wrong with a machine that seems to have come out of nothing in one step.
    private static List<String> fromScratch(Rules rules, Step step) {
        Machine start = Machine.start(step.after().setup());
        Step leap = new Step(start, step.call(), step.result(), step.after(), List.of());
        return violated(Observation.of(rules, leap, leap));
    }

    private static List<String> violated(Observation observation) {
        return OF_THE_STATE
                .filter(invariant -> Option.of(invariant.judge(observation)).isDefined())
                .map(Invariant::name)
                .toJavaList();
    }
}
