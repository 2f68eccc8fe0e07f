package vmacheck.cli;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vmacheck.live.Aspect;

/// From what stands after `--levels` to what is compared.
final class LevelsOption {
    private LevelsOption() {}

    static Set<Aspect> parse(String text) {
        Set<Aspect> aspects = EnumSet.of(Aspect.RESULTS);
        for (String number : text.split(",", -1)) {
            aspects.add(Stream.of(Aspect.values())
                    .filter(aspect -> number.strip().equals(Integer.toString(aspect.number())))
                    .findFirst()
                    .orElseThrow(() -> new Usage("conform: --levels: unknown level \"" + number
                            + "\"; expected some of " + all() + " with commas between them")));
        }
        return aspects;
    }

    private static String all() {
        return Stream.of(Aspect.values())
                .map(aspect -> aspect.number() + " (" + aspect.text() + ")")
                .collect(Collectors.joining(", "));
    }
}
