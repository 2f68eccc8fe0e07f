package vmacheck.live;

import vmacheck.call.History;

/// PLACEHOLDER
public final class RecordingWriter {
    void write(History h, Observed o) {}
}
