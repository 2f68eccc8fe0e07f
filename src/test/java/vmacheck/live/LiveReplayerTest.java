package vmacheck.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.vavr.collection.Vector;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.live.Difference.What;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.Linux;

/// Replaying on a kernel that is a model itself, so that one knows what must come out.
class LiveReplayerTest {
    private static final History MERGES = HistoryParser.history("""
        P0: mmap(0, 1, rw, private|anonymous|fixed)
        P0: mmap(1, 1, rw, private|anonymous|fixed)
        P0: munmap(0, 2)
        """);

    private static final History PAGES_OUT = HistoryParser.history("""
        P0: mmap(0, 1, rw, private|anonymous|fixed|populate)
        P0: madvise(0, 1, pageout)
        P0: read(0)
        """);

    private static LiveReplay replay(Door door, Rules rules, History history) {
        return new LiveReplayer(door, Aspect.observable())
                .run(Vector.of(history), Vector.of(rules))
                .head();
    }

    @Test
    @DisplayName("the same rules agree, and the kernel is asked once")
    void agrees() {
        Counting door = new Counting(new ModelDoor(Linux.V6_18), Observed::steps);
        LiveReplay replay = replay(door, Linux.V6_18, MERGES);
        assertThat(replay.agrees()).isTrue();
        assertThat(replay.differences()).hasSize(3);
        assertThat(replay.observed().steps()).hasSize(3);
        assertThat(replay.again()).isEqualTo(-1);
        assertThat(door.asked.get()).isEqualTo(1);
    }

    @Test
    @DisplayName("a difference does not hide what comes after it: each call has its own")
    void differs() {
        LiveReplay replay = replay(new ModelDoor(Linux.V6_18), Linux.NEVER_MERGE, MERGES);
        assertThat(replay.differingCalls()).containsExactly(1);
        assertThat(replay.firstDifference().get().what()).isEqualTo(What.VMAS);
        assertThat(replay.again()).isEqualTo(Conform.RERUNS);
        assertThat(replay.explained()).isNull();
    }

    @Test
    @DisplayName("every history is replayed under all rules, in order")
    void combines() {
        Vector<LiveReplay> replays = new LiveReplayer(new ModelDoor(Linux.V6_18), Aspect.observable())
                .run(Vector.of(MERGES, PAGES_OUT), Vector.of(Linux.V6_18, Linux.NEVER_MERGE));
        assertThat(replays.map(
                        replay -> replay.rules().name() + " " + replay.steps().size() + " " + replay.agrees()))
                .containsExactly("linux-6.18 3 true", "never-merge 3 false", "linux-6.18 3 true", "never-merge 3 true");
    }

    @Test
    @DisplayName("a kernel that crashes differs at the call that it did not do")
    void crashes() {
        LiveReplay replay = replay(new ModelDoor(Linux.V6_18, Call.Munmap.class::isInstance), Linux.V6_18, MERGES);
        assertThat(replay.differingCalls()).containsExactly(2);
        assertThat(replay.firstDifference().get().what()).isEqualTo(What.TROUBLE);
        assertThat(replay.firstDifference().get().kernel()).isEqualTo("it crashed");
        assertThat(replay.seen(2)).isEmpty();
    }

    @Test
    @DisplayName("what the kernel cannot do is replaced on both sides, and told")
    void replaces() {
        History history = HistoryParser.history("""
            max-map-count: 20
            memlock: 3
            P0: mmap(0, 1, rw, private|anonymous|fixed|populate)
            env: reclaim(P0, 0)
            P0: madvise(0, 1, pageout)
            """);
        Set<Ability> abilities = EnumSet.allOf(Ability.class);
        abilities.removeAll(Set.of(Ability.SWAP, Ability.LIMIT));
        LiveReplay replay = replay(new ModelDoor(Linux.V6_18, _ -> false, new Doable(abilities)), Linux.V6_18, history);
        assertThat(replay.agrees()).isTrue();
        assertThat(replay.steps().map(step -> CallText.print(step.call())))
                .containsExactly(
                        "P0: mmap(0, 1, rw, private|anonymous|fixed|populate)",
                        "P0: madvise(0, 1, cold)",
                        "P0: madvise(0, 1, cold)");
        assertThat(Vector.range(0, 3)
                        .map(replay::replaced)
                        .map(call -> call.map(CallText::print).getOrNull()))
                .containsExactly(null, "env: reclaim(P0, 0)", "P0: madvise(0, 1, pageout)");
        assertThat(replay.unsetLimits()).containsExactly("max-map-count: 20", "memlock: 3");
    }

    @Test
    @DisplayName("what a busy page does once is explained, and the run without it is shown")
    void explains() {
        Counting busyOnce = new Counting(new ModelDoor(Linux.V6_18), LiveReplayerTest::leftInMemory);
        LiveReplay replay = replay(busyOnce, Linux.V6_18, PAGES_OUT);
        assertThat(replay.agrees()).isTrue();
        assertThat(replay.explained()).isEqualTo(Explained.PAGEOUT_LEFT_A_PAGE.reason());
        assertThat(busyOnce.asked.get()).isEqualTo(1 + Conform.RERUNS);
    }

    /// After the second call the page is where it was after the first.
    private static List<Observed.Step> leftInMemory(Observed observed) {
        Observed.Step paged = observed.steps().get(1);
        Observed.Step left = new Observed.Step(
                paged.call(), paged.result(), observed.steps().getFirst().processes(), paged.anonVmas());
        return List.of(observed.steps().getFirst(), left, observed.steps().getLast());
    }

    /// A door whose first answer can be another one.
    private static final class Counting implements Door {
        private final Door door;
        private final Function<Observed, List<Observed.Step>> first;
        private final AtomicInteger asked = new AtomicInteger();

        Counting(Door door, Function<Observed, List<Observed.Step>> first) {
            this.door = door;
            this.first = first;
        }

        @Override
        public LiveKernel kernel() {
            return door.kernel();
        }

        @Override
        public int batch() {
            return door.batch();
        }

        @Override
        public long candidates() {
            return door.candidates();
        }

        @Override
        public void observe(List<History> histories, Set<Aspect> aspects, Consumer<Observed> sink) {
            door.observe(
                    histories,
                    aspects,
                    observed -> sink.accept(
                            asked.getAndIncrement() == 0
                                    ? new Observed(first.apply(observed), observed.trouble())
                                    : observed));
        }

        @Override
        public void close() {
            door.close();
        }
    }
}
