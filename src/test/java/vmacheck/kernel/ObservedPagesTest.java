package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import vmacheck.call.HistoryParser;
import vmacheck.call.Transcript;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.rules.linux.Linux;

/// Reclaim takes and leaves the pages that a real kernel took and left.
class ObservedPagesTest {
    @TestFactory
    Stream<DynamicTest> pagesAreAsObservedOnLinux61844() throws IOException {
        try (var in = ObservedPagesTest.class.getResourceAsStream("/vmacheck/observed/linux-6.18.44-pages.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^## ")).skip(1).map(ObservedPagesTest::test);
        }
    }

    private static DynamicTest test(String example) {
        List<String> lines = example.lines().toList();
        List<String> observed =
                lines.stream().filter(line -> line.startsWith("=> ")).toList();
        String history = String.join(
                "\n",
                lines.stream().skip(1).filter(line -> !line.startsWith("=>")).toList());
        return DynamicTest.dynamicTest(
                lines.getFirst(),
                () -> assertThat(ends(HistoryParser.parse(lines.getFirst(), history), observed))
                        .containsExactlyElementsOf(observed));
    }

    private static Stream<String> ends(Transcript transcript, List<String> observed) {
        Kernel kernel = new Kernel(Linux.V6_18);
        Machine machine = Machine.start(transcript.history().setup());
        for (int i = 0; i < transcript.history().size(); i++) {
            Step step = kernel.step(machine, transcript.history().calls().get(i));
            assertThat(transcript.results().get(i)).contains(step.result());
            machine = step.after();
        }
        Machine last = machine;
        return IntStream.range(0, observed.size())
                .mapToObj(i -> last.processes().get(i))
                .map(process -> "=> " + process.name() + " " + states(process, observed.get(process.id())));
    }

    private static String states(Process process, String observed) {
        int pages = observed.length() - observed.lastIndexOf(' ') - 1;
        StringBuilder states = new StringBuilder();
        for (int page = 0; page < pages; page++) {
            Pte pte = process.space().pages().get(page);
            states.append(pte instanceof Pte.Present ? 'p' : pte instanceof Pte.Swap ? 's' : '-');
        }
        return states.toString();
    }
}
