package vmacheck.cli;

import vmacheck.live.Door;
import vmacheck.live.HostDoor;

/// From what stands after `--live` to the door of a kernel.
final class LiveOption {
    static final String HOST = "host";

    private LiveOption() {}

    /// @throws vmacheck.live.LiveException if that kernel cannot be asked
    static Door open(String name) {
        if (name.equals(HOST)) {
            return new HostDoor();
        }
        throw new Usage("--live: unknown kernel \"" + name + "\"; expected " + HOST);
    }
}
