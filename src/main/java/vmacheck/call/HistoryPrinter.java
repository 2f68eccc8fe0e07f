package vmacheck.call;

import io.vavr.control.Option;
import java.util.Iterator;
import vmacheck.model.Setup;

/// Writes histories as text: what is unusual in the setup, then one call a line.
public final class HistoryPrinter {
    private HistoryPrinter() {}

    /// The text without results.
    public static String print(History history) {
        return print(Transcript.of(history));
    }

    /// The text with a result after each call that has one.
    public static String print(Transcript transcript) {
        String setup = printSetup(transcript.history().setup());
        return setup + (setup.isEmpty() ? "" : "\n") + printCalls(transcript);
    }

    /// The header lines for what differs from [Setup#DEFAULT].
    public static String printSetup(Setup setup) {
        String pages = setup.pages() == Setup.DEFAULT_PAGES ? "" : "pages: " + setup.pages() + "\n";
        boolean usual = setup.maxMapCount() == Setup.DEFAULT_MAX_MAP_COUNT;
        return pages
                + (usual ? "" : "max-map-count: " + setup.maxMapCount() + "\n")
                + (setup.memlock() == Setup.UNLIMITED ? "" : "memlock: " + setup.memlock() + "\n")
                + (setup.commitLimit() == Setup.UNLIMITED ? "" : "commit-limit: " + setup.commitLimit() + "\n");
    }

    /// One line for each call.
    public static String printCalls(Transcript transcript) {
        StringBuilder text = new StringBuilder();
        Iterator<Option<Result>> results = transcript.results().iterator();
        for (Call call : transcript.history().calls()) {
            text.append(CallText.print(call))
                    .append(results.hasNext() ? printResult(results.next()) : "")
                    .append('\n');
        }
        return text.toString();
    }

    private static String printResult(Option<Result> result) {
        return result.map(known -> " = " + ResultText.print(known)).getOrElse("");
    }
}
