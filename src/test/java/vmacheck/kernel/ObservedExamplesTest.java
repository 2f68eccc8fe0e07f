package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import vmacheck.call.HistoryParser;
import vmacheck.call.Transcript;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.linux.Linux;

/// The model ends with the VMAs that a real kernel ended with, fields that user space cannot see included.
class ObservedExamplesTest {
    private static final long NOT_LISTED = VmFlags.ACCESS | VmFlags.MAY_ACCESS | VmFlags.SHARED | VmFlags.MAYSHARE;

    @TestFactory
    Stream<DynamicTest> endsAsObservedOnLinux61844() throws IOException {
        return examples("linux-6.18.44.txt").map(e -> DynamicTest.dynamicTest(e.name, () -> check(e)));
    }

    private record Example(String name, String history, List<String> vmas) {}

    private static Stream<Example> examples(String resource) throws IOException {
        try (var in = ObservedExamplesTest.class.getResourceAsStream("/vmacheck/observed/" + resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^## ")).skip(1).map(ObservedExamplesTest::example);
        }
    }

    private static Example example(String text) {
        List<String> lines = text.lines().toList();
        String history = String.join(
                "\n", lines.stream().skip(1).filter(l -> !l.startsWith("=>")).toList());
        List<String> vmas = lines.stream()
                .filter(l -> l.startsWith("=> "))
                .map(l -> l.substring(3))
                .toList();
        return new Example(lines.get(0), history, vmas);
    }

    private static void check(Example example) {
        Transcript transcript = HistoryParser.parse(example.name, example.history);
        Kernel kernel = new Kernel(Linux.V6_18);
        Machine machine = Machine.start(transcript.history().setup());
        for (int i = 0; i < transcript.history().size(); i++) {
            var call = transcript.history().calls().get(i);
            Step step = kernel.step(machine, call);
            transcript
                    .results()
                    .get(i)
                    .forEach(expected -> assertThat(step.result())
                            .as("%s in %s", call, example.name)
                            .isEqualTo(expected));
            machine = step.after();
        }
        assertThat(described(machine, example.vmas)).isEqualTo(example.vmas);
    }

    /// The VMAs of the processes that the expectation names, in its notation and with its letters for anon_vmas.
    private static List<String> described(Machine machine, List<String> expected) {
        Map<Integer, String> letters = new HashMap<>();
        List<String> described = new ArrayList<>();
        Vector<String> named =
                Vector.ofAll(expected).map(line -> line.split(" ")[0]).distinct();
        for (int i = 0; i < machine.processes().size(); i++) {
            Process process = machine.processes().get(i);
            if (process != null && named.contains(process.name())) {
                for (int k = 0; k < process.space().vmas().size(); k++) {
                    int line = described.size();
                    String letter = line < expected.size() ? letter(expected.get(line)) : "?";
                    described.add(
                            process.name() + " " + describe(process.space().vma(k), letters, letter));
                }
            }
        }
        return described;
    }

    private static String letter(String expected) {
        int at = expected.indexOf(" av");
        return at < 0 ? "?" : expected.substring(at + 3, at + 4);
    }

    private static String describe(Vma vma, Map<Integer, String> letters, String expectedLetter) {
        StringBuilder text = new StringBuilder(vma.start() + "-" + vma.end() + " " + VmFlags.toPerm(vma.flags()));
        String flags = VmFlags.toSmaps(vma.flags() & ~NOT_LISTED).replace(' ', ',');
        boolean losesWrite = !vma.has(VmFlags.MAYWRITE);
        String sharedFlag = losesWrite && !vma.has(VmFlags.SHARED) ? "." : "";
        if (losesWrite) {
            flags = sharedFlag + (flags.isEmpty() ? ",!mw" : "," + flags + ",!mw");
        }
        text.append(flags.isEmpty() ? "" : " " + flags);
        if (vma.file() != Vma.NONE) {
            text.append(" f@").append(vma.pgoff());
        } else if (vma.pgoff() != vma.start()) {
            text.append(" pg").append(vma.pgoff());
        }
        if (vma.isFaulted()) {
            String letter = letters.computeIfAbsent(vma.anonVma(), _ -> expectedLetter);
            text.append(" av")
                    .append(letter)
                    .append(vma.chain().size() > 1 ? "*" + vma.chain().size() : "");
        }
        return text.toString();
    }
}
