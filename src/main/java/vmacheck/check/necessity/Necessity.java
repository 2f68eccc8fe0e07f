package vmacheck.check.necessity;

import io.vavr.collection.Vector;
import java.util.Comparator;
import java.util.concurrent.atomic.LongAdder;
import vmacheck.call.HistoryPrinter;
import vmacheck.check.Finding;
import vmacheck.check.Search;
import vmacheck.check.SearchListener;
import vmacheck.check.SearchOptions;
import vmacheck.check.SearchReport;
import vmacheck.rules.Rules;
import vmacheck.rules.Weakening;

/// Looks for a reason for one condition of a merge: a history that holds with it and violates something without it.
public final class Necessity {
    private final Weakening weakening;
    private final LongAdder more = new LongAdder();
    private final Search search;

    public Necessity(Rules rules, Weakening weakening, SearchOptions options, SearchListener listener) {
        this.weakening = weakening;
        search = new Search(new Tandem(weakening.rules(), rules, more), options.withExamples(1), listener);
    }

    /// Makes [#run] return soon, with what was found. For any thread.
    public void interrupt() {
        search.interrupt();
    }

    public Reason run() {
        SearchReport report = search.run();
        Vector<Finding> findings = report.findings()
                .sorted(Comparator.<Finding>comparingInt(
                                finding -> finding.history().size())
                        .thenComparing(finding -> HistoryPrinter.print(finding.history()))
                        .thenComparing(Finding::number));
        return new Reason(
                weakening,
                findings.headOption().getOrNull(),
                report.findings().map(Finding::invariant).distinct(),
                report.histories(),
                report.steps(),
                more.sum());
    }
}
