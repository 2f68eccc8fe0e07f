package vmacheck.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Door;
import vmacheck.live.HostDoor;
import vmacheck.live.LiveKernel;
import vmacheck.live.UmlDoor;
import vmacheck.rules.RuleBook;
import vmacheck.rules.Rules;

/// From what stands after `--live` to the door of a kernel.
final class LiveOption {
    static final String HOST = "host";

    private LiveOption() {}

    /// @throws vmacheck.live.LiveException if that kernel cannot be asked
    static Door open(String name) {
        return switch (name) {
            case HOST -> new HostDoor();
            case "uml" -> UmlDoor.installed();
            default -> path(name);
        };
    }

    private static Door path(String name) {
        if (!Files.exists(Path.of(name))) {
            throw new Usage(
                    "--live: unknown kernel \"" + name + "\"; expected host, uml, or the path of a User Mode Linux");
        }
        return new UmlDoor(Path.of(name));
    }

    /// The rules of the model beside a kernel.
    ///
    /// @param chosen by the user, or null for those of the kernel's own version
    static Rules rulesOf(LiveKernel kernel, @Nullable Rules chosen) {
        Rules rules = chosen == null ? RuleBook.ofRelease(kernel.release()) : chosen;
        return kernel.asBuilt(rules);
    }
}
