package vmacheck.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import vmacheck.call.AnyHistory;
import vmacheck.call.ParseException;
import vmacheck.call.Transcript;

class CounterexampleTextProperties {
    private static final String[] FRAGMENTS = {
        "vmacheck: 1\n",
        "rules: ",
        "holds: a,",
        "pages: 4096\n",
        "max-map-count: ",
        "P0: ",
        "P1: ",
        "env: ",
        "fork() = P",
        "mmap(0, 1, rw, private|anonymous",
        ", F0, ",
        "munmap(",
        "reclaim(P0, ",
        "99999999999999999999",
        "-",
        "0",
        "7",
        " = ",
        "F0[",
        "]",
        "|",
        ",",
        "(",
        ")",
        ":",
        "#",
        "\n",
        "\r\n",
        "\t",
        " ",
        "\0",
        "\u00e9",
        "\u2028",
        "SIGBUS",
        "none"
    };

    @Property
    void everyCounterexampleIsReadAsItWasPrinted(@ForAll("counterexamples") Counterexample counterexample) {
        String text = CounterexampleText.print(counterexample);
        assertThat(CounterexampleText.parse("t", text)).isEqualTo(counterexample);
        assertThat(CounterexampleText.parse("t", text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(counterexample);
    }

    @Property(tries = 5000)
    void aDamagedFileIsReadOrRefused(@ForAll("damagedFiles") byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property
    void randomBytesAreReadOrRefused(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property(tries = 5000)
    void piecesOfHistoriesInAnyOrderAreReadOrRefused(@ForAll("collages") String text) {
        readOrRefuse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The error is one line that begins with a place in the file.
    private static void readOrRefuse(byte[] bytes) {
        Counterexample read;
        try {
            read = CounterexampleText.parse("t", bytes);
        } catch (ParseException e) {
            assertThat(e.getMessage()).matches("t:[1-9][0-9]*:[1-9][0-9]*: .+; expected .+");
            int lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1).length;
            assertThat(e.place().line()).isBetween(1, lines);
            return;
        }
        assertThat(CounterexampleText.parse("t", CounterexampleText.print(read)))
                .isEqualTo(read);
    }

    @Provide
    Arbitrary<Counterexample> counterexamples() {
        return Arbitraries.randomValue(CounterexampleTextProperties::counterexample);
    }

    @Provide
    Arbitrary<byte[]> damagedFiles() {
        return Arbitraries.randomValue(CounterexampleTextProperties::damaged);
    }

    @Provide
    Arbitrary<String> collages() {
        return Arbitraries.of(FRAGMENTS).list().ofMaxSize(25).map(parts -> String.join("", parts));
    }

    private static Counterexample counterexample(Random random) {
        boolean bare = random.nextInt(4) == 0;
        return new Counterexample(
                bare ? null : "linux-6.16",
                bare || random.nextBoolean() ? null : "chain-covers",
                bare || random.nextBoolean() ? null : "seed " + random.nextLong() + ", r\u00fcckw\u00e4rts",
                bare ? Vector.empty() : Vector.of("linux-6.18", "my rules").take(random.nextInt(3)),
                nonEmpty(random));
    }

    private static Transcript nonEmpty(Random random) {
        Transcript transcript = AnyHistory.transcript(random);
        return transcript.history().size() == 0 ? nonEmpty(random) : transcript;
    }

    /// A valid file in which a few bytes were replaced, removed, put in, or copied from elsewhere in it.
    private static byte[] damaged(Random random) {
        byte[] bytes = CounterexampleText.print(counterexample(random)).getBytes(StandardCharsets.UTF_8);
        for (int changes = 1 + random.nextInt(3); changes > 0 && bytes.length > 1; changes--) {
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + random.nextInt(1 + random.nextInt(40)));
            byte[] inserted = switch (random.nextInt(4)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(StandardCharsets.UTF_8);
                default -> {
                    int from = random.nextInt(bytes.length);
                    yield Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + random.nextInt(40)));
                }
            };
            byte[] changed = Arrays.copyOf(bytes, at + inserted.length + bytes.length - to);
            System.arraycopy(inserted, 0, changed, at, inserted.length);
            System.arraycopy(bytes, to, changed, at + inserted.length, bytes.length - to);
            bytes = changed;
        }
        return bytes;
    }
}
