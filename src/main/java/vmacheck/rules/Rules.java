package vmacheck.rules;

import io.vavr.collection.Vector;
import java.util.Objects;

/// What one kernel decides: an answer to every decision. Immutable; a variant is made with [#with].
public final class Rules {
    private final String name;
    private final String summary;
    private final Answer<?>[] answers;

    private Rules(String name, String summary, Answer<?>[] answers) {
        this.name = name;
        this.summary = summary;
        this.answers = answers;
    }

    /// Rules without answers, for building the first complete ones.
    public static Rules blank() {
        return new Rules("blank", "", new Answer<?>[Decisions.count()]);
    }

    public String name() {
        return name;
    }

    /// One line that says what is special about these rules.
    public String summary() {
        return summary;
    }

    /// The answer to a decision.
    @SuppressWarnings("unchecked")
    public <A> Answer<A> answer(Decision<A> decision) {
        return (Answer<A>) Objects.requireNonNull(answers[decision.index()], decision.name());
    }

    /// What the answer to a decision says.
    public <A> A get(Decision<A> decision) {
        return answer(decision).value();
    }

    /// These rules with one answer replaced.
    public <A> Rules with(Decision<A> decision, Answer<A> answer) {
        Answer<?>[] copy = answers.clone();
        copy[decision.index()] = answer;
        return new Rules(name, summary, copy);
    }

    public Rules named(String newName, String newSummary) {
        return new Rules(newName, newSummary, answers);
    }

    /// The decisions that the two answer differently: with another name, or with another value under the same name.
    public Vector<Decision<?>> differences(Rules other) {
        return Decisions.ALL.filter(d -> !answers[d.index()].isSame(other.answers[d.index()]));
    }

    /// The decisions without an answer, which only rules made from [#blank] or with null have.
    public Vector<Decision<?>> unanswered() {
        return Decisions.ALL.filter(d -> answers[d.index()] == null || answers[d.index()].value() == null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rules rules
                && name.equals(rules.name)
                && differences(rules).isEmpty();
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
