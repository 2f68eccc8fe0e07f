package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vmacheck.rules.Answer;
import vmacheck.rules.Decision;
import vmacheck.rules.Decisions;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// Rules, for people and programs: the list, and the page of each with its answers.
public final class RulesText {
    /// @param rules without answers
    public record RulesJson(List<RulesLine> rules, List<RulesLine> bugs) {}

    public record RulesLine(String name, String summary) {}

    public record RulesPage(String name, String summary, List<DecisionJson> decisions) {}

    /// @param kernel function that decides it
    /// @param source kernel versions, commit or observation
    public record DecisionJson(String name, String question, String kernel, String answer, String source) {}

    private RulesText() {}

    /// @param bugs rules that are listed by themselves
    public static String list(Vector<Rules> all, Vector<Rules> bugs) {
        return lines(all) + "\nHistoric bugs: each is a kernel with one wrong answer.\n\n" + lines(bugs);
    }

    private static String lines(Vector<Rules> all) {
        int width = all.map(rules -> rules.name().length()).max().getOrElse(0) + 2;
        return all.map(rules -> pad(rules.name(), width) + rules.summary() + "\n")
                .mkString();
    }

    public static RulesJson listJson(Vector<Rules> all, Vector<Rules> bugs) {
        return new RulesJson(jsonLines(all), jsonLines(bugs));
    }

    private static List<RulesLine> jsonLines(Vector<Rules> all) {
        return all.map(rules -> new RulesLine(rules.name(), rules.summary())).asJava();
    }

    /// @param base rules whose differences from `rules` are marked, if they are not the same
    public static String page(Rules rules, Rules base) {
        StringBuilder text = new StringBuilder(rules.name() + ": " + rules.summary() + "\n");
        if (RuleBook.PROPOSALS.contains(rules)) {
            text.append("docs/proposals.md says whether it is safe, and what that costs.\n");
        }
        Vector<Decision<?>> differences = rules.differences(base);
        if (differences.nonEmpty()) {
            text.append("Where it differs from " + base.name() + " stands a *.\n");
        }
        for (Decision<?> decision : Decisions.ALL) {
            Answer<?> answer = rules.answer(decision);
            String mark = differences.contains(decision) ? "* " : "  ";
            text.append("\n" + mark + decision.name() + ": " + decision.question() + "\n")
                    .append("    " + answer.name() + "  (" + answer.source() + kernel(decision) + ")\n");
        }
        return text.toString();
    }

    private static String kernel(Decision<?> decision) {
        return decision.source().equals("-") ? "" : "; " + decision.source();
    }

    public static RulesPage pageJson(Rules rules) {
        return new RulesPage(
                rules.name(),
                rules.summary(),
                Decisions.ALL.map(decision -> decision(rules, decision)).asJava());
    }

    private static DecisionJson decision(Rules rules, Decision<?> decision) {
        Answer<?> answer = rules.answer(decision);
        return new DecisionJson(
                decision.name(), decision.question(), decision.source(), answer.name(), answer.source());
    }

    static String pad(@Nullable String text, int width) {
        String shown = text == null ? "" : text;
        return shown + " ".repeat(Math.max(1, width - shown.length()));
    }
}
