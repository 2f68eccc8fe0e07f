package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmacheck.call.HistoryParser;
import vmacheck.kernel.Kernel;
import vmacheck.live.Difference.What;
import vmacheck.rules.linux.Linux;

class HiddenComparisonTest {
    private static final Set<Aspect> ASPECTS = EnumSet.of(Aspect.RESULTS, Aspect.HIDDEN);

    private static final String HISTORY = """
        P0: mmap(0, 3, rw, private|anonymous|fixed)
        P0: write(1)
        P0: fork()
        P1: write(1)
        P1: mmap(5, 1, rw, private|fixed, F0, 2)
        P1: read(5)
        """;

    /// As Linux 6.18.44 showed the last step of this history. P0 has its page and anon_vma (0), P1 its own page and
    /// anon_vma (1), which it got at the fork; page 5 is one of a file, and the kernel has mapped page 6 around it, too.
    private static final String SEEN = """
        {"call":"P1: read(5)","result":"1000002","processes":{
        "P0":{"vmas":null,"hidden":{"vmas":[{"start":0,"end":3,"pgoff":0,"anonVma":0,"chain":[0]}],
        "pages":{"1":{"frame":1743697,"anonVma":0,"file":null,"index":1,"mapcount":1,"exclusive":false}}}},
        "P1":{"vmas":null,"hidden":{"vmas":[{"start":0,"end":3,"pgoff":0,"anonVma":1,"chain":[1,0]},
        {"start":5,"end":6,"pgoff":2,"anonVma":null,"chain":[]}],
        "pages":{"1":{"frame":1743692,"anonVma":1,"file":null,"index":1,"mapcount":1,"exclusive":true},
        "5":{"frame":2024518,"anonVma":null,"file":0,"index":2,"mapcount":1,"exclusive":false}}}}},
        "anonVmas":[{"root":0,"parent":0,"refcount":2,"children":2,"active":1},
        {"root":0,"parent":0,"refcount":1,"children":0,"active":1}]}
        """;

    private static @Nullable Difference compare(UnaryOperator<String> change) {
        Run run = Run.of(
                new Kernel(Linux.V6_18), 0, HistoryParser.parse("test", HISTORY).history());
        String text = change.apply(SEEN.replace("\n", ""));
        ObservationReader reader =
                new ObservationReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        if (!(reader.next() instanceof ObservationReader.Line.After(Observed.Step step))) {
            throw new AssertionError("no step");
        }
        return new Comparison(ASPECTS, true).compare(List.of(run.steps().getLast()), new Observed(List.of(step), null));
    }

    @Test
    @DisplayName("what the kernel shows is read, to the last field")
    void reads() {
        ObservationReader reader =
                new ObservationReader(new ByteArrayInputStream(SEEN.getBytes(StandardCharsets.UTF_8)));
        Observed.Step step = ((ObservationReader.Line.After) Objects.requireNonNull(reader.next())).step();
        assertThat(step.anonVmas())
                .containsExactly(new Hidden.AnonVma(0, 0, 2, 2, 1), new Hidden.AnonVma(0, 0, 1, 0, 1));
        assertThat(Objects.requireNonNull(step.process(1)).hidden())
                .isEqualTo(new Hidden(
                        List.of(
                                new Hidden.Mapping(0, 3, 0, 1, Vector.of(1, 0)),
                                new Hidden.Mapping(5, 6, 2, -1, Vector.empty())),
                        List.of(
                                new Hidden.Page(1, 1743692, 1, -1, 1, 1, true),
                                new Hidden.Page(5, 2024518, -1, 0, 2, 1, false))));
    }

    @Test
    @DisplayName("model and kernel agree, whatever numbers the kernel's anon_vmas have")
    void agrees() {
        assertThat(compare(text -> text)).isNull();
        assertThat(compare(text -> text.replace("\"anonVma\":0", "\"anonVma\":#")
                        .replace("\"anonVma\":1", "\"anonVma\":0")
                        .replace("\"anonVma\":#", "\"anonVma\":1")
                        .replace("\"chain\":[0]", "\"chain\":[1]")
                        .replace("\"chain\":[1,0]", "\"chain\":[0,1]")
                        .replace("\"root\":0,\"parent\":0", "\"root\":1,\"parent\":1")
                        .replace("\"refcount\":2,\"children\":2", "\"refcount\":#,\"children\":#")
                        .replace("\"refcount\":1,\"children\":0", "\"refcount\":2,\"children\":2")
                        .replace("\"refcount\":#,\"children\":#", "\"refcount\":1,\"children\":0")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"pgoff\":2; \"pgoff\":3; PGOFF; VMA [5,6) 2; VMA [5,6) 3",
                "\"anonVma\":null,\"chain\":[]; \"anonVma\":0,\"chain\":[]; ANON_VMA; VMA [5,6) none; VMA [5,6) A0",
                "\"anonVma\":1,\"chain\"; \"anonVma\":0,\"chain\"; ANON_VMA; VMA [0,3) A1; VMA [0,3) A0",
                "[1,0]; [0,1]; CHAIN; VMA [0,3) (A0, A1); VMA [0,3) (A1, A0)",
                "[1,0]; [1]; CHAIN; VMA [0,3) (A0, A1); VMA [0,3) (A1)",
                "[1,0]; [-2,0]; CHAIN; VMA [0,3) (A0, A1); VMA [0,3) (A0, a broken link)",
                "\"anonVma\":1,\"file\"; \"anonVma\":0,\"file\"; MAPPING; A1; A0",
                "\"anonVma\":1,\"file\"; \"anonVma\":7,\"file\"; MAPPING; A1; another",
                "\"anonVma\":null,\"file\":0; \"anonVma\":0,\"file\":null; MAPPING; file 0; A0",
                "\"index\":1,\"mapcount\":1,\"exclusive\":true; \"index\":0,\"mapcount\":1,\"exclusive\":true;"
                        + " INDEX; 1; 0",
                "\"index\":2,; \"index\":1,; INDEX; 2; 1",
                "\"mapcount\":1,\"exclusive\":true; \"mapcount\":2,\"exclusive\":true; MAPCOUNT; 1; 2",
                "\"exclusive\":true; \"exclusive\":false; EXCLUSIVE; set; not set",
                "\"children\":2; \"children\":3; CHILDREN; 2 for A0; 3 for A0",
                "\"children\":0,\"active\":1; \"children\":0,\"active\":2; ACTIVE_VMAS; 1 for A1; 2 for A1",
                "\"refcount\":2; \"refcount\":1; REFCOUNT; 2 for A0; 1 for A0",
                "\"root\":0,\"parent\":0,\"refcount\":1; \"root\":0,\"parent\":1,\"refcount\":1; FAMILY;"
                        + " A1 from A0 and A0; A1 from A0 and A1",
                "\"start\":5; \"start\":4; VMAS; VMA [5,6) [5,6); VMA [5,6) [4,6)",
                "\"5\":{; \"6\":{; PAGE; present; not present",
                "\"anonVmas\"; \"others\"; UNREADABLE; there; not readable",
            })
    @DisplayName("one field altered is one difference, of the right sort")
    void altered(String from, String to, What what, String model, String kernel) {
        Difference difference = compare(text -> {
            assertThat(text).contains(from);
            return text.replace(from, to);
        });
        assertThat(difference).isNotNull();
        assertThat(difference.what()).isEqualTo(what);
        assertThat(difference.model()).isEqualTo(model);
        assertThat(difference.kernel()).isEqualTo(kernel);
    }

    @Test
    @DisplayName("what the kernel maps around a page that is read is taken off its mapcount")
    void around() {
        String page = "\"5\":{\"frame\":2024518,\"anonVma\":null,\"file\":0,\"index\":2,\"mapcount\":";
        UnaryOperator<String> twice = text -> text.replace(page + "1", page + "2");
        assertThat(compare(twice)).extracting(Difference::what).isEqualTo(What.MAPCOUNT);
        String around = ",\"6\":{\"frame\":2024518,\"anonVma\":null,\"file\":0,\"index\":2,\"mapcount\":2}}";
        assertThat(compare(text ->
                        twice.apply(text).replace("\"exclusive\":false}}}}}", "\"exclusive\":false}" + around + "}}}")))
                .isNull();
    }

    @Test
    @DisplayName("a process whose hidden fields could not be read is a difference, not passed over")
    void unreadable() {
        assertThat(compare(text -> text.replaceFirst("\"hidden\":\\{", "\"hidden\":null,\"other\":{")))
                .extracting(Difference::what)
                .isEqualTo(What.UNREADABLE);
    }
}
