package vmacheck.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.ResultText;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;
import vmacheck.rules.Answer;
import vmacheck.rules.Decisions;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.linux.UserMode;

/// The older versions answer as they did as User Mode Linux, in what user space sees: one example for each decision
/// in which they differ from 6.18.
class ObservedOnUserModeTest {
    private static final long NOT_LISTED = VmFlags.ACCESS | VmFlags.MAY_ACCESS | VmFlags.SHARED | VmFlags.MAYSHARE;

    private static final Answer<Boolean> NO_KSM = new Answer<>("no", "built without CONFIG_KSM", false);

    @TestFactory
    Stream<DynamicTest> doesAsObserved() {
        return Stream.of(
                        tests("um-6.1.176.txt", Linux.V6_1_176),
                        tests("um-6.1.192.txt", Linux.V6_1),
                        tests("um-6.12.117.txt", Linux.V6_12))
                .flatMap(tests -> tests);
    }

    private static Stream<DynamicTest> tests(String resource, Rules rules) {
        return examples(resource)
                .map(example -> DynamicTest.dynamicTest(
                        rules.name() + ": " + example.name,
                        () -> assertThat(done(example, UserMode.of(rules).with(Decisions.PAGE_MERGING, NO_KSM)))
                                .isEqualTo(example.lines)));
    }

    /// Otherwise an example would show nothing.
    @TestFactory
    Stream<DynamicTest> linux618OnHardwareDoesOtherwise() {
        return examples("um-6.1.192.txt")
                .map(example -> DynamicTest.dynamicTest(
                        example.name,
                        () -> assertThat(done(example, Linux.V6_18)).isNotEqualTo(example.lines)));
    }

    private record Example(String name, List<String> lines) {}

    private static Stream<Example> examples(String resource) {
        try (var in = ObservedOnUserModeTest.class.getResourceAsStream("/vmacheck/observed/" + resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^## "))
                    .skip(1)
                    .map(String::strip)
                    .map(block -> new Example(
                            block.lines().findFirst().orElseThrow(),
                            block.lines().skip(1).toList()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What the model does with the calls of an example, in the words of the example.
    private static List<String> done(Example example, Rules rules) {
        String calls = String.join(
                "\n", example.lines.stream().filter(l -> !l.startsWith("=>")).toList());
        History history = HistoryParser.parse(example.name, calls).history();
        Kernel kernel = new Kernel(rules);
        Machine machine = Machine.start(history.setup());
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Step step = kernel.step(machine, history.calls().get(i));
            lines.add(CallText.print(step.call()) + " = " + ResultText.print(step.result()));
            machine = step.after();
        }
        for (int i = 0; i < machine.processes().size(); i++) {
            describe(machine.processes().get(i), lines);
        }
        return lines;
    }

    private static void describe(Process process, List<String> lines) {
        AddressSpace space = process.space();
        for (int i = 0; i < space.vmas().size(); i++) {
            Vma vma = space.vma(i);
            String flags = VmFlags.toSmaps(vma.flags() & ~NOT_LISTED).replace(' ', ',');
            lines.add("=> " + process.name() + " " + vma.start() + "-" + vma.end() + " " + VmFlags.toPerm(vma.flags())
                    + (flags.isEmpty() ? "" : " " + flags)
                    + (vma.file() == Vma.NONE ? "" : " f@" + vma.pgoff()));
        }
        lines.add("=> " + process.name() + " size " + space.totalVm() + " lck " + space.lockedVm() + " data "
                + space.dataVm());
    }
}
