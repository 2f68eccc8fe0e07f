package vmacheck.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.control.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "2147483647, 2147483647", "F0[0], 1000000", "F0[2], 1000002", "F1[15], 2000015"})
    void aValueIsANumberOrAnUnwrittenPageOfAFile(String text, int value) {
        assertThat(read("read(1)", text)).isEqualTo(new Result.Value(value));
        assertThat(ResultText.print(new Result.Value(value))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"999999", "1000016", "1999999", "2000016", "3000000"})
    void aValueNearTheTokensOfAFileIsANumber(int value) {
        assertThat(ResultText.print(new Result.Value(value))).isEqualTo(Integer.toString(value));
    }

    @Test
    void aFilePageMayAlsoStandThereAsItsToken() {
        assertThat(read("read(1)", "1000002")).isEqualTo(read("read(1)", "F0[2]"));
    }

    @ParameterizedTest
    @EnumSource
    void everyErrnoIsReadAsItIsPrinted(Errno errno) {
        Result failure = new Result.Failure(errno);
        assertThat(read("munmap(1, 2)", ResultText.print(failure))).isEqualTo(failure);
        assertThat(read("fork()", ResultText.print(failure))).isEqualTo(failure);
    }

    @ParameterizedTest
    @EnumSource
    void everySignalIsReadAsItIsPrinted(Result.Signal signal) {
        Result fault = new Result.Fault(signal);
        assertThat(read("write(1)", ResultText.print(fault))).isEqualTo(fault);
    }

    @Test
    void aForkGivesAProcess() {
        assertThat(read("fork()", "P1")).isEqualTo(new Result.Child(1));
        assertThat(ResultText.print(new Result.Child(12))).isEqualTo("P12");
    }

    private static Result read(String call, String result) {
        return HistoryParser.parse("t", "P0: " + call + " = " + result)
                .results()
                .single()
                .get();
    }

    @Test
    void aResultMayBeLeftOut() {
        assertThat(HistoryParser.parse("t", "P0: munmap(1, 2)").results().single())
                .isEqualTo(Option.none());
    }
}
