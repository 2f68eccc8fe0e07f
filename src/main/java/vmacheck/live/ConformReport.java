package vmacheck.live;

import io.vavr.collection.Map;
import io.vavr.collection.Vector;

/// What came of a comparison.
///
/// @param kernel       name of the kernel that was asked
/// @param rules        name of the rules
/// @param aspects      what was compared
/// @param notes        what was not compared or not done, and why; one sentence each
/// @param histories    that were run
/// @param steps        calls compared: in a history that differs those up to the difference
/// @param findings     different in their simplest form
/// @param counts       histories by kind of difference
/// @param explained    differences that [Explained] accounts for, by reason
/// @param tooMany      whether it ended early as there were too many findings to go on
/// @param interrupted  whether someone ended it early
public record ConformReport(
        String kernel,
        String rules,
        Vector<Aspect> aspects,
        Vector<String> notes,
        long histories,
        long steps,
        Vector<Finding> findings,
        Map<String, Long> counts,
        Map<String, Long> explained,
        boolean tooMany,
        boolean interrupted) {
    public boolean agrees() {
        return findings.isEmpty();
    }
}
