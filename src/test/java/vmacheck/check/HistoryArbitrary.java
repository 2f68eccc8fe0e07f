package vmacheck.check;

import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import vmacheck.call.History;
import vmacheck.check.generate.Generator;
import vmacheck.check.shrink.Simplifications;
import vmacheck.kernel.Kernel;
import vmacheck.rules.Rules;

/// The histories of the search for `@Property` methods: made by its generator, shrunk by its shrinker's candidates.
public record HistoryArbitrary(Rules rules, int length) implements Arbitrary<History> {
    @Override
    public RandomGenerator<History> generator(int genSize) {
        Kernel kernel = new Kernel(rules);
        return random -> shrinkable(Generator.history(kernel, random.nextLong(), 0, length));
    }

    @Override
    public EdgeCases<History> edgeCases(int maxEdgeCases) {
        return EdgeCases.none();
    }

    @Override
    public Optional<net.jqwik.api.ExhaustiveGenerator<History>> exhaustive(long maxNumberOfSamples) {
        return Optional.empty();
    }

    static Shrinkable<History> shrinkable(History history) {
        return new Simpler(history);
    }

    private record Simpler(History value) implements Shrinkable<History> {
        @Override
        public Stream<Shrinkable<History>> shrink() {
            return Simplifications.of(value).toJavaStream().map(HistoryArbitrary::shrinkable);
        }

        @Override
        public ShrinkingDistance distance() {
            return ShrinkingDistance.of(Simplifications.distance(value));
        }
    }
}
