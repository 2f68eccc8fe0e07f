package vmacheck.report;

import io.vavr.collection.Vector;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.kernel.Step;
import vmacheck.live.Aspect;
import vmacheck.live.Conform;
import vmacheck.live.Difference;
import vmacheck.live.LiveReplay;
import vmacheck.report.LiveRun.Played;
import vmacheck.report.ReplayText.Pictures;

/// Files replayed on a kernel, for people: what it did call by call, and where the model differs.
public final class LiveRunText {
    private static final String INDENT = "     ";

    private final StringBuilder out = new StringBuilder();
    private final LiveRun run;
    private final Pictures pictures;

    private LiveRunText(LiveRun run, Pictures pictures) {
        this.run = run;
        this.pictures = pictures;
    }

    public static String print(LiveRun run, Pictures pictures) {
        return new LiveRunText(run, pictures).print();
    }

    private String print() {
        run.files().forEach(this::file);
        line("compared: " + run.aspects().map(LiveRunText::level).mkString(", "));
        run.notes().forEach(note -> line("not compared: " + note));
        if (pictures != Pictures.NONE) {
            line("");
            out.append(Drawing.LEGEND).append(ObservedDrawing.LEGEND);
        }
        return out.toString();
    }

    private void file(Played played) {
        LiveReplay replay = played.replay();
        line(played.file() + " on " + run.kernel() + " and under " + replay.rules() + ":");
        line("");
        replay.unsetLimits().forEach(limit -> line(INDENT + "· not set, as this kernel cannot be told: " + limit));
        int first = replay.firstDifference().map(Difference::step).getOrElse(-1);
        for (int i = 0; i < replay.steps().size(); i++) {
            call(played, i, i == first);
        }
        if (pictures == Pictures.FAILURE && first < 0 && replay.steps().nonEmpty()) {
            picture("at the end", Drawing.draw(replay.steps().last().after()));
        }
        gap();
        conclusion(played).forEach(this::line);
        line("");
    }

    private void call(Played played, int index, boolean first) {
        LiveReplay replay = played.replay();
        Step step = replay.steps().get(index);
        if (first && pictures == Pictures.FAILURE) {
            picture("before", Drawing.draw(step.before()));
        }
        line(String.format("%3d  ", index + 1) + CallText.print(step.call()) + " = " + played.result(index));
        replay.replaced(index)
                .forEach(given -> line(INDENT + "· in place of " + CallText.print(given)
                        + ", which this kernel cannot be asked to do"));
        replay.differences()
                .get(index)
                .forEach(difference -> line(INDENT + SpaceDrawing.MARK + " " + print(replay, index, difference)));
        played.contradiction(index).forEach(said -> line(INDENT + "✗ the file says " + ResultText.print(said)));
        boolean drawn = pictures == Pictures.ALL && replay.seen(index).isDefined();
        if (first && pictures != Pictures.NONE || drawn) {
            boolean alike = replay.differences().get(index).isEmpty();
            picture(alike ? "after" : "after, in the model", Drawing.draw(step.after()));
            if (!alike) {
                replay.seen(index).forEach(seen -> picture("after, on the kernel", ObservedDrawing.draw(seen)));
            }
        }
    }

    /// What differed before already is not told at length again.
    private static String print(LiveReplay replay, int index, Difference difference) {
        String who = difference.process() < 0 ? "" : " of " + Names.process(difference.process());
        String what = difference.what().text() + who;
        boolean still = index > 0
                && difference.what().stays()
                && replay.differences()
                        .get(index - 1)
                        .exists(before ->
                                before.what() == difference.what() && before.process() == difference.process());
        return still
                ? what + ": still not the same"
                : what + ": model " + difference.model() + "; kernel " + difference.kernel();
    }

    private void picture(String when, String drawing) {
        gap();
        line("  " + when + ":");
        line("");
        drawing.lines().forEach(text -> line(("  " + text).stripTrailing()));
        line("");
    }

    private Vector<String> conclusion(Played played) {
        LiveReplay replay = played.replay();
        Vector<String> lines = Vector.empty();
        String explained = replay.explained();
        if (explained != null) {
            lines = lines.append(
                    "In another run the kernel did something else, which is explained: " + explained + ".");
        }
        if (replay.firstDifference().isDefined()) {
            return lines.append(differs(replay, replay.firstDifference().get()));
        }
        return lines.append(
                played.agrees()
                        ? replay.rules().name() + " agrees with " + run.kernel() + "."
                        : run.kernel() + " gives another result than the file at call "
                                + (played.contradicted().head() + 1) + ".");
    }

    private String differs(LiveReplay replay, Difference first) {
        Vector<Integer> later = replay.differingCalls().tail();
        String also = later.isEmpty()
                ? ""
                : ", and then at " + later.map(index -> index + 1).mkString(", ");
        return replay.rules().name() + " differs from " + run.kernel() + " at call " + (first.step() + 1) + also
                + ". So it did in " + replay.again() + " of " + Conform.RERUNS + " more runs.";
    }

    private static String level(Aspect aspect) {
        return aspect.number() + " " + aspect.text();
    }

    private void gap() {
        out.append(out.charAt(out.length() - 2) == '\n' ? "" : "\n");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
