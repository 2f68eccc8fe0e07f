package vmacheck.report;

import io.vavr.collection.Vector;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.invariant.Level;
import vmacheck.invariant.Verdict;
import vmacheck.invariant.Violation;
import vmacheck.kernel.Step;

/// A replayed file for people: its calls with their results, and what is wrong.
public final class ReplayText {
    /// How much is drawn.
    public enum Pictures {
        NONE,
        /// Before and after the step that violates something, or the end if none does.
        FAILURE,
        /// After every step.
        ALL
    }

    private final StringBuilder out = new StringBuilder();
    private final Replay replay;
    private final Pictures pictures;

    private ReplayText(Replay replay, Pictures pictures) {
        this.replay = replay;
        this.pictures = pictures;
    }

    public static String print(Replay replay, Pictures pictures) {
        return new ReplayText(replay, pictures).print();
    }

    private String print() {
        out.append(replay.file()).append(" under ").append(replay.rules()).append(":\n\n");
        int failing = replay.failingCall().getOrElse(-1);
        for (int i = 0; i < replay.verdicts().size(); i++) {
            Verdict verdict = replay.verdicts().get(i);
            boolean drawn = pictures == Pictures.ALL || pictures == Pictures.FAILURE && i == failing;
            if (pictures == Pictures.FAILURE && i == failing) {
                picture("before", Drawing.draw(verdict.step().before()));
            }
            call(i, verdict.step());
            verdict.violations().forEach(this::violation);
            if (drawn) {
                picture("after", Drawing.draw(verdict.step().after(), Vector.ofAll(verdict.violations())));
            }
        }
        if (pictures == Pictures.FAILURE && failing < 0 && replay.verdicts().nonEmpty()) {
            picture("at the end", Drawing.draw(replay.verdicts().last().step().after()));
        }
        boolean apart = out.charAt(out.length() - 2) == '\n';
        out.append(apart ? "" : "\n").append(conclusion()).append('\n');
        return out.toString();
    }

    private void call(int index, Step step) {
        String number = String.format("%3d  ", index + 1);
        out.append(number).append(CallText.print(step.call())).append(" = ").append(ResultText.print(step.result()));
        replay.expected(index)
                .filter(_ -> replay.differs(index))
                .forEach(expected -> out.append("   ✗ the file says ").append(ResultText.print(expected)));
        out.append('\n');
    }

    private void violation(Violation violation) {
        String kind = violation.level() == Level.SAFETY ? SpaceDrawing.MARK : "·";
        out.append("     ")
                .append(kind)
                .append(' ')
                .append(violation.invariant())
                .append(": ");
        out.append(violation.message()).append('\n');
    }

    private void picture(String when, String drawing) {
        out.append("\n  ").append(when).append(":\n\n");
        drawing.lines()
                .forEach(line -> out.append(("  " + line).stripTrailing()).append('\n'));
        out.append('\n');
    }

    private String conclusion() {
        String rules = replay.rules().name();
        String wanted = replay.counterexample().violates();
        boolean own = rules.equals(replay.counterexample().rules());
        if (replay.failingCall().isDefined()) {
            return rules + " violates " + replay.violated().mkString(", ") + ".";
        }
        if (replay.differingCall().isDefined()) {
            return rules + " gives another result than the file at call "
                    + (replay.differingCall().get() + 1) + ".";
        }
        if (ConformRun.DIFFERS.equals(wanted)) {
            return rules + " holds. What a kernel does is seen with replay --live.";
        }
        return own && wanted != null
                ? rules + " holds: it does not violate " + wanted + " any more, as the file says it does."
                : rules + " holds.";
    }
}
