package vmacheck.check.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LuckTest {
    private static int[] draw(long seed, long index) {
        Luck luck = new Luck(seed, index);
        return IntStream.generate(() -> luck.below(1000)).limit(8).toArray();
    }

    /// What a seed means must never change: it stands in saved files.
    @Test
    void aSeedMeansTheSameForEver() {
        assertThat(draw(0, 0)).containsExactly(138, 971, 277, 902, 657, 315, 869, 172);
        assertThat(draw(42, 1_000_000)).containsExactly(405, 932, 882, 833, 155, 333, 694, 680);
    }

    @Test
    void seedsAndIndicesGiveDifferentStreams() {
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> Arrays.toString(draw(i / 30, i % 30)))
                        .distinct())
                .hasSize(1000);
    }

    @Test
    void numbersStayInTheirBoundsAndFillThem() {
        Luck luck = new Luck(1, 1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[luck.below(7)]++;
        }
        assertThat(Arrays.stream(counts).boxed()).hasSize(7).allMatch(count -> count > 9_500 && count < 10_500);
        assertThat(IntStream.generate(() -> luck.between(3, 5))
                        .limit(1000)
                        .distinct()
                        .sorted())
                .containsExactly(3, 4, 5);
        assertThat(luck.below(1)).isZero();
    }

    @Test
    void percentagesAreRespected() {
        Luck luck = new Luck(1, 1);
        assertThat(IntStream.range(0, 10_000).filter(_ -> luck.percent(20)).count())
                .isBetween(1_850L, 2_150L);
        assertThat(IntStream.range(0, 10_000).filter(_ -> luck.coin()).count()).isBetween(4_800L, 5_200L);
        assertThat(IntStream.range(0, 1_000).anyMatch(_ -> luck.percent(0))).isFalse();
        assertThat(IntStream.range(0, 1_000).allMatch(_ -> luck.percent(100))).isTrue();
    }
}
