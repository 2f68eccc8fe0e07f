package vmacheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Shrinkable;
import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.check.trial.Trial;
import vmacheck.rules.linux.Linux;

class HistoryArbitraryTest {
    private static boolean fails(History history) {
        return Trial.of(Linux.V6_16).failure(history).isDefined();
    }

    /// What jqwik does with a falsified property: the first candidate that is falsified too, over and over.
    @Test
    void shrinksGreedilyToAFewCalls() {
        Random random = new Random(1);
        Shrinkable<History> best =
                new HistoryArbitrary(Linux.V6_16, 40).generator(1000).next(random);
        while (!fails(best.value())) {
            best = new HistoryArbitrary(Linux.V6_16, 40).generator(1000).next(random);
        }
        boolean simpler = true;
        while (simpler) {
            Shrinkable<History> found = best.shrink()
                    .filter(candidate -> fails(candidate.value()))
                    .findFirst()
                    .orElse(null);
            simpler = found != null;
            if (found != null) {
                assertThat(found.distance()).isLessThanOrEqualTo(best.distance());
                best = found;
            }
        }
        assertThat(best.value().size()).isLessThanOrEqualTo(6);
        assertThat(best.value().calls()).anyMatch(call -> call instanceof Call.Mremap);
        assertThat(Trial.of(Linux.V6_18).failure(best.value())).isEmpty();
    }
}
