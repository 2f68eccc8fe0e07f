package vmacheck.cli;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Aspect;
import vmacheck.live.LiveKernel;

/// From what stands after `--levels` to what is compared.
final class LevelsOption {
    private LevelsOption() {}

    /// @param text what stands after the option, or null
    /// @return null if nothing stands there
    static @Nullable Set<Aspect> parse(String command, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Set<Aspect> aspects = EnumSet.of(Aspect.RESULTS);
        for (String number : text.split(",", -1)) {
            aspects.add(Stream.of(Aspect.values())
                    .filter(aspect -> number.strip().equals(Integer.toString(aspect.number())))
                    .findFirst()
                    .orElseThrow(() -> new Usage(command + ": --levels: unknown level \"" + number
                            + "\"; expected some of " + all() + " with commas between them")));
        }
        return aspects;
    }

    /// What to compare on a kernel.
    ///
    /// @param asked what [#parse] gave
    /// @throws Missing if level 4 was asked for and cannot be observed
    static Set<Aspect> observable(@Nullable Set<Aspect> asked, LiveKernel kernel) {
        if (asked == null) {
            return kernel.aspects();
        }
        if (asked.contains(Aspect.HIDDEN) && !kernel.showsHidden()) {
            throw new Missing(
                    "level 4, the hidden fields, cannot be observed on " + kernel.name() + ": " + kernel.unseen());
        }
        return asked;
    }

    private static String all() {
        return Stream.of(Aspect.values())
                .map(aspect -> aspect.number() + " (" + aspect.text() + ")")
                .collect(Collectors.joining(", "));
    }
}
