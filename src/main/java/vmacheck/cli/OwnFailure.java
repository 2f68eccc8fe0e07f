package vmacheck.cli;

import io.vavr.collection.Vector;
import vmacheck.check.trial.OwnCode;
import vmacheck.check.trial.Trial;
import vmacheck.invariant.Violation;
import vmacheck.report.CheckRun;
import vmacheck.report.Replay;

/// Failures of a user's code. They are saved and shown like violations, but they are the user's to put right, so they
/// also go to standard error, and exit with the status for bad input.
final class OwnFailure {
    private OwnFailure() {}

    static boolean isIn(CheckRun run) {
        return run.findings().exists(OwnFailure::isOwn);
    }

    static boolean isIn(Replay replay) {
        return replay.violated().contains(OwnCode.DEFECT);
    }

    /// What to say of the failures in these searches, one line each.
    static Vector<String> of(Vector<CheckRun> runs) {
        return runs.flatMap(CheckRun::findings)
                .filter(OwnFailure::isOwn)
                .map(found -> found.message() + "; it happens in the last call of " + found.file());
    }

    /// The same for replays.
    static Vector<String> ofReplays(Vector<Replay> replays) {
        return replays.filter(OwnFailure::isIn)
                .map(replay -> replay.verdicts()
                                .flatMap(Trial::safety)
                                .find(violation -> violation.invariant().equals(OwnCode.DEFECT))
                                .map(Violation::message)
                                .get()
                        + "; it happens in " + replay.file());
    }

    private static boolean isOwn(CheckRun.Found found) {
        return found.invariant().equals(OwnCode.DEFECT);
    }
}
