package vmacheck.rules;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.function.UnaryOperator;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Rules with one condition of the merge decision dropped: what is it good for?
///
/// @param condition what is dropped: a decision, or behind a colon a part of one
/// @param dropped   what may merge then, in words
/// @param rules     the weaker rules, named by the condition
public record Weakening(String condition, String dropped, Rules rules) {
    public static final String WITHOUT = "-without-";

    /// A part of a condition, and the condition without it.
    private record Part(String name, String dropped, UnaryOperator<MergeTest> weaken) {}

    /// Flags one by one, as far as calls of the model set them.
    private static final Vector<Part> FLAGS = Vector.of(
            flag("read", VmFlags.READ),
            flag("write", VmFlags.WRITE),
            flag("exec", VmFlags.EXEC),
            flag("shared", VmFlags.SHARED | VmFlags.MAYSHARE),
            flag("maywrite", VmFlags.MAYWRITE),
            flag("locked", VmFlags.LOCKED),
            flag("lockonfault", VmFlags.LOCKONFAULT),
            flag("seq-read", VmFlags.SEQ_READ),
            flag("rand-read", VmFlags.RAND_READ),
            flag("dontcopy", VmFlags.DONTCOPY),
            flag("account", VmFlags.ACCOUNT),
            flag("noreserve", VmFlags.NORESERVE),
            flag("wipeonfork", VmFlags.WIPEONFORK),
            flag("dontdump", VmFlags.DONTDUMP),
            flag("hugepage", VmFlags.HUGEPAGE),
            flag("nohugepage", VmFlags.NOHUGEPAGE),
            flag("mergeable", VmFlags.MERGEABLE),
            flag("sealed", VmFlags.SEALED));

    private static final Vector<Part> ANON_VMAS = Vector.of(
            also(
                    "equal",
                    "two different anon_vmas",
                    (_, c, n, _) -> c.anonVma() != Vma.NONE && n.isFaulted() && c.anonVma() != n.anonVma()),
            also(
                    "faulted-range",
                    "a faulted range and an unfaulted neighbour, fork child or not",
                    (_, c, n, _) -> c.anonVma() != Vma.NONE && !n.isFaulted()),
            also(
                    "faulted-neighbour",
                    "an unfaulted range and a faulted neighbour, fork child or not",
                    (_, c, n, _) -> c.anonVma() == Vma.NONE && n.isFaulted()));

    private static final Vector<Part> OFFSETS = Vector.of(
            also("file", "parts of a file that do not follow on", (_, c, n, _) -> c.file() != Vma.NONE),
            also(
                    "faulted",
                    "anonymous memory whose offsets do not follow on, one of it faulted",
                    (_, c, n, _) -> c.file() == Vma.NONE && (c.anonVma() != Vma.NONE || n.isFaulted())),
            also(
                    "unfaulted",
                    "anonymous memory whose offsets do not follow on, none of it faulted",
                    (_, c, n, _) -> c.file() == Vma.NONE && c.anonVma() == Vma.NONE && !n.isFaulted()));

    /// Each condition of these rules dropped as a whole, and each part of those that have parts.
    public static Vector<Weakening> of(Rules rules) {
        Vector<Weakening> all = Vector.empty();
        for (Decision<MergeTest> condition : Decisions.CONDITIONS) {
            if (condition != Decisions.MERGING) {
                all = all.append(whole(rules, condition));
                all = all.appendAll(parts(condition).map(part -> part(rules, condition, part)));
            }
        }
        SidesTest always = (_, _, _, _) -> true;
        return all.append(without(
                        rules, Decisions.COMPATIBLE_SIDES, "both neighbours at once, whatever their anon_vmas", always))
                .appendAll(Decisions.ALL.flatMap(decision -> composed(rules, decision)))
                .appendAll(rewriting(rules));
    }

    /// What rules do to pages so that more may merge.
    private static Vector<Weakening> rewriting(Rules rules) {
        return Vector.of(
                        without(
                                rules,
                                Decisions.REINDEX,
                                "the same as with it, but pages keep their index",
                                Reindex.NONE),
                        without(
                                rules,
                                Decisions.REPOINT,
                                "the same as with it, but pages keep their anon_vma",
                                Repoint.NONE),
                        without(
                                rules,
                                Decisions.REWRITES_SWAP_CACHE,
                                "the same as with it, but pages in the swap cache keep what they have",
                                false))
                .filter(weakening -> Decisions.ALL
                        .find(decision -> decision.name().equals(weakening.condition()))
                        .exists(decision ->
                                !rules.get(decision).equals(weakening.rules().get(decision))));
    }

    private static <A> Vector<Weakening> composed(Rules rules, Decision<A> decision) {
        if (!(rules.get(decision) instanceof Composed<?> answer)) {
            return Vector.empty();
        }
        return answer.parts().map(part -> {
            @SuppressWarnings("unchecked")
            A rest = (A) part.rest();
            String name = decision.name() + ":" + part.name();
            return new Weakening(name, part.dropped(), named(rules, name, rules.with(decision, dropped(rest))));
        });
    }

    private static <A> Weakening without(Rules rules, Decision<A> decision, String text, A value) {
        return new Weakening(
                decision.name(), text, named(rules, decision.name(), rules.with(decision, dropped(value))));
    }

    /// These rules without a condition, if that is what the name says.
    public static Option<Rules> find(Rules rules, String name) {
        return name.startsWith(rules.name() + WITHOUT)
                ? of(rules).map(Weakening::rules).find(weak -> weak.name().equals(name))
                : Option.none();
    }

    private static Vector<Part> parts(Decision<MergeTest> condition) {
        return condition == Decisions.SAME_FLAGS
                ? FLAGS
                : condition == Decisions.COMPATIBLE_ANON_VMA
                        ? ANON_VMAS
                        : condition == Decisions.CONTIGUOUS_PGOFF ? OFFSETS : Vector.empty();
    }

    /// Without these bits: the range is taken to have those of the neighbour.
    private static Part flag(String name, long bits) {
        return new Part(
                name,
                "what has \"" + name + "\" with what has not",
                test -> (view, c, n, previous) ->
                        test.allows(view, c.withFlags((c.flags() & ~bits) | (n.flags() & bits)), n, previous));
    }

    /// What merges besides what merges anyway.
    private static Part also(String name, String dropped, MergeTest also) {
        return new Part(
                name,
                dropped,
                test -> (view, c, n, previous) ->
                        test.allows(view, c, n, previous) || also.allows(view, c, n, previous));
    }

    private static Weakening whole(Rules rules, Decision<MergeTest> condition) {
        Rules weak = rules.with(condition, dropped(MergeTest.ALWAYS));
        return new Weakening(
                condition.name(), "everything that meets the other conditions", named(rules, condition.name(), weak));
    }

    private static Weakening part(Rules rules, Decision<MergeTest> condition, Part part) {
        MergeTest weaker = part.weaken().apply(rules.get(condition));
        String name = condition.name() + ":" + part.name();
        return new Weakening(name, part.dropped(), named(rules, name, rules.with(condition, dropped(weaker))));
    }

    private static <A> Answer<A> dropped(A value) {
        return new Answer<>("dropped", "an experiment", value);
    }

    private static Rules named(Rules rules, String condition, Rules weak) {
        return weak.named(rules.name() + WITHOUT + condition.replace(':', '-'), rules.name() + " without " + condition);
    }
}
