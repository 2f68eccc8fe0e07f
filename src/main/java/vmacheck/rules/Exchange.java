package vmacheck.rules;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import java.util.function.Function;

/// Rules with one answer taken from others: does this answer make the difference?
public final class Exchange {
    private static final String WITH = "-with-";
    private static final String OF = "-of-";

    private Exchange() {}

    /// These rules with the answer that the others have, named so that [#find] finds them.
    public static <A> Rules of(Rules rules, Decision<A> decision, Rules other) {
        String name = rules.name() + WITH + decision.name() + OF + other.name();
        String summary = rules.name() + ", but " + decision.name() + " as in " + other.name();
        return rules.with(decision, other.answer(decision)).named(name, summary);
    }

    /// Each answer in which the two differ, taken by itself from the others.
    public static Vector<Rules> each(Rules rules, Rules other) {
        return rules.differences(other).map(decision -> of(rules, decision, other));
    }

    /// Rules of such a name.
    ///
    /// @param known the rules that have names of their own
    static Option<Rules> find(String name, Function<String, Option<Rules>> known) {
        int with = name.lastIndexOf(WITH);
        int of = name.lastIndexOf(OF);
        if (with < 0 || of < with) {
            return Option.none();
        }
        String question = name.substring(with + WITH.length(), of);
        Option<Rules> rules = known.apply(name.substring(0, with));
        Option<Rules> other = known.apply(name.substring(of + OF.length()));
        return Decisions.ALL
                .find(decision -> decision.name().equals(question))
                .flatMap(decision -> rules.flatMap(r -> other.map(o -> of(r, decision, o))));
    }
}
