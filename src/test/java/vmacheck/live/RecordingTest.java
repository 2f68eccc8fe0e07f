package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vmacheck.live.Difference.What;
import vmacheck.rules.linux.Linux;

class RecordingTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    /// A recording of the model itself, so that all in it is known.
    @BeforeEach
    void record() {
        file = folder.resolve("model.gz");
        ModelDoor door = new ModelDoor(Linux.V6_18);
        ConformOptions options = new ConformOptions(3, 40, 2000, Duration.ofMinutes(1), EnumSet.allOf(Aspect.class));
        try (RecordingWriter writer = new RecordingWriter(file, door.kernel(), options.aspects())) {
            new Conform(Linux.V6_18, door, options, ConformListener.NONE, writer).run();
            writer.finish();
        }
    }

    private ConformReport against(Path recording) {
        try (RecordingReader reader = new RecordingReader(recording)) {
            return new Against(Linux.V6_18, reader, EnumSet.allOf(Aspect.class), ConformListener.NONE).run();
        }
    }

    @Test
    @DisplayName("what was recorded comes back, to the last step")
    void roundTrip() {
        ConformReport report = against(file);
        assertThat(report.findings()).isEmpty();
        assertThat(report.steps()).isEqualTo(2000);
        assertThat(report.histories()).isEqualTo(50);
        assertThat(report.kernel()).isEqualTo("Linux linux-6.18 (recorded in model.gz)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"result\":\"SIGSEGV\";\"result\":\"0\";RESULT",
                "\"result\":\"0\";\"result\":\"ENOMEM\";RESULT",
                "\"P1\":;\"P7\":;ALIVE",
                "\"perm\":\"rw-p\";\"perm\":\"r--p\";VMAS",
                "rd wr mr mw me ac;rd wr mr mw me;VMAS",
                "\"offset\":0;\"offset\":1;VMAS",
                "\"state\":\"zero\";\"state\":\"swapped\";PAGE",
                "\"value\":1,;\"value\":2,;PAGE",
                "\"lck\":0;\"lck\":1;ACCOUNTING",
                "\"pgoff\":;\"pgoff\":1;PGOFF",
                "\"active\":;\"active\":1;ACTIVE_VMAS",
                "\"mapcount\":1;\"mapcount\":2;MAPCOUNT"
            })
    @DisplayName("one observation altered is one difference, of the right sort")
    void altered(String from, String to, What what) throws IOException {
        Path other = altered(text -> {
            // In the last step that has it, so that nothing else can differ.
            int at = text.lastIndexOf(from);
            assertThat(at).as(from).isPositive();
            return text.substring(0, at) + to + text.substring(at + from.length());
        });
        ConformReport report = against(other);
        assertThat(report.findings()).hasSize(1);
        assertThat(report.findings().get(0).difference().what()).isEqualTo(what);
    }

    @Test
    @DisplayName("two physical pages that become one are a difference, and two that change their names are none")
    void sharing() throws IOException {
        String one = "\"frame\":1}";
        String two = "\"frame\":2}";
        assertThat(against(altered(
                                text -> text.replace(one, "#").replace(two, one).replace("#", two)))
                        .findings())
                .isEmpty();
        ConformReport report = against(altered(text -> text.lines()
                .map(line -> line.contains(one) && line.contains(two) ? line.replace(two, one) : line)
                .collect(Collectors.joining("\n", "", "\n"))));
        assertThat(report.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.difference().what()).isEqualTo(What.SHARING));
    }

    @Test
    @DisplayName("a damaged recording is an error with its place")
    void damaged() throws IOException {
        assertDamaged(altered(text -> text.replace("{\"end\":50}", "{\"end\":51}")), ":2052: 50 histories");
        assertDamaged(altered(text -> text.replace("{\"end\":50}\n", "")), ":2052: it was cut short");
        assertDamaged(altered(text -> text + "{\"end\":50}\n"), ":2053: more behind the end");
        assertDamaged(altered(text -> text.substring(0, text.length() / 2)), ": Unexpected end-of-input");
        assertDamaged(altered(text -> text.replaceFirst("\"pages\":64", "\"pages\":1")), ": the history that begins");
        assertDamaged(altered(text -> text.replaceFirst("P0: ", "Q0: ")), ": the history that begins");
        assertDamaged(
                altered(text -> text.replaceFirst("\"result\"", "\"outcome\"")), ": a document that says neither");
        assertDamaged(
                altered(text -> text.replaceFirst("\"P0\":\\{", "\"Q0\":{")), ": \"Q0\" where a process should be");
        assertDamaged(altered(text -> text.replaceFirst("\"P0\":\\{", "\"P\":{")), ": \"\" where a number should be");
        assertDamaged(altered(text -> text.replaceFirst("\"present\"", "\"lost\"")), ": a page that is \"lost\"");
        assertDamaged(altered(_ -> "hello"), ":1: ");
        assertDamaged(altered(_ -> ""), ":1: no header");
        assertThatThrownBy(() -> against(altered(text -> text.replaceFirst("\"recording\":1", "\"recording\":2"))))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(":1: unsupported format version 2; expected 1, or a newer vmacheck");
    }

    @Test
    @DisplayName("a file that is no recording, or cut off, is an error")
    void noRecording() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain.gz"), "P0: write(1)\n");
        assertDamaged(plain, ":1: not compressed with gzip");
        assertDamaged(Files.write(folder.resolve("empty.gz"), new byte[0]), ":1: not compressed with gzip");
        byte[] whole = Files.readAllBytes(file);
        byte[] part = java.util.Arrays.copyOf(whole, whole.length - 20);
        assertDamaged(Files.write(folder.resolve("part.gz"), part), ": ");
        assertThatThrownBy(() -> against(folder.resolve("none.gz")))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("none.gz: no such file or folder");
    }

    @Test
    @DisplayName("any single byte changed is an error or a difference, or changes nothing")
    void anyByte() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 97) {
            byte[] copy = whole.clone();
            copy[at] ^= 0x55;
            Path other = Files.write(folder.resolve("byte.gz"), copy);
            try {
                against(other);
            } catch (RecordingException e) {
                assertThat(e.getMessage()).contains("byte.gz").doesNotContain("\n");
            }
        }
    }

    @Test
    @DisplayName("any single character changed is an error or a difference, or changes nothing")
    void anyCharacter() throws IOException {
        String text = text();
        for (int at = 0; at < text.length(); at += text.length() / 200) {
            StringBuilder changed = new StringBuilder(text);
            changed.setCharAt(at, changed.charAt(at) == 'x' ? 'y' : 'x');
            Path other = altered(_ -> changed.toString());
            try {
                against(other);
            } catch (RecordingException e) {
                assertThat(e.getMessage()).contains("altered.gz:").doesNotContain("\n");
            }
        }
    }

    @Test
    @DisplayName("a recording says which levels it has, and whether its kernel is User Mode Linux")
    void knowsItsKernel() {
        LiveKernel kernel = new LiveKernel("User Mode Linux 7.1.5", "7.1.5", true, "not asked", Doable.ALL);
        Path other = folder.resolve("um.gz");
        try (RecordingWriter writer = new RecordingWriter(other, kernel, EnumSet.of(Aspect.RESULTS, Aspect.VMAS))) {
            writer.finish();
        }
        try (RecordingReader um = new RecordingReader(other);
                RecordingReader host = new RecordingReader(file)) {
            assertThat(um.kernel().isUserMode()).isTrue();
            assertThat(host.kernel().isUserMode()).isFalse();
            assertThat(um.kernel().aspects()).containsExactly(Aspect.RESULTS, Aspect.VMAS);
            ConformReport report = new Against(Linux.V7_1, um, Aspect.observable(), ConformListener.NONE).run();
            assertThat(report.notes())
                    .containsExactly(
                            "3 pages: not recorded", "4 hidden fields: not recorded", "5 accounting: not recorded");
        }
    }

    @Test
    @DisplayName("what is not finished leaves no file")
    void unfinished() throws IOException {
        Path other = folder.resolve("other.gz");
        try (RecordingWriter writer =
                new RecordingWriter(other, new ModelDoor(Linux.V6_18).kernel(), EnumSet.allOf(Aspect.class))) {
            assertThat(writer).isNotNull();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private void assertDamaged(Path damaged, String message) {
        assertThatThrownBy(() -> against(damaged))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining(damaged + message.substring(0, 1))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    private String text() throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path altered(UnaryOperator<String> change) throws IOException {
        String text = text();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(change.apply(text).getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(folder.resolve("altered.gz"), bytes.toByteArray());
    }
}
