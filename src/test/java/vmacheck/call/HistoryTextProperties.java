package vmacheck.call;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HistoryTextProperties {
    @Property
    void everyHistoryIsReadAsItWasPrinted(@ForAll("histories") Transcript transcript) {
        String text = HistoryPrinter.print(transcript);
        assertThat(HistoryParser.parse("t", text)).isEqualTo(transcript);
    }

    @Property
    void everyHistoryIsReadWithoutItsResults(@ForAll("histories") Transcript transcript) {
        String text = HistoryPrinter.print(transcript.history());
        assertThat(HistoryParser.history(text)).isEqualTo(transcript.history());
        assertThat(text).doesNotContain("=");
    }

    @Property
    void printingIsStable(@ForAll("histories") Transcript transcript) {
        String text = HistoryPrinter.print(transcript);
        assertThat(HistoryPrinter.print(HistoryParser.parse("t", text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<Transcript> histories() {
        return Arbitraries.randomValue(AnyHistory::transcript);
    }
}
