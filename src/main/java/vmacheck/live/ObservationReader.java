package vmacheck.live;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import vmacheck.model.Setup;

/// Reads the puppet's JSON documents as a stream, one after the other.
final class ObservationReader implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /// One document.
    sealed interface Line {
        /// A history begins.
        record Begin(int pages, int maxMapCount) implements Line {}

        /// The rest of this history was not done.
        record Trouble(String error, String call) implements Line {}

        record After(Observed.Step step) implements Line {}

        /// The kernel itself, asked for with `--about`.
        record About(String release, boolean frames, boolean swap) implements Line {}

        /// Begins a recording.
        record Header(long format, String release, boolean userMode, boolean frames, boolean swap, String levels)
                implements Line {}

        /// Nothing follows, and nothing is missing: ends a recording.
        record End(long histories) implements Line {}
    }

    private final JsonParser json;
    private final ProcessReader processes;
    private @Nullable String problem;

    ObservationReader(InputStream in) {
        json = JSON.createParser(ObjectReadContext.empty(), in);
        processes = new ProcessReader(json);
    }

    /// The next document, or null at the end of the stream.
    ///
    /// @throws tools.jackson.core.JacksonException if it is no JSON, or not what the puppet writes
    @Nullable
    Line next() {
        JsonToken token = json.nextToken();
        if (token == null) {
            return null;
        }
        require(token, JsonToken.START_OBJECT);
        Fields fields = new Fields();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            field(fields);
        }
        return fields.line();
    }

    /// The next document, or null if there is none, or something else instead.
    @Nullable
    Line nextOrNull() {
        try {
            return next();
        } catch (JacksonException | UnexpectedDocument e) {
            problem = e.getMessage();
            return null;
        }
    }

    /// One history of so many calls, or null if what should tell of it ends before its end.
    @Nullable
    Observed history(int calls) {
        if (!(nextOrNull() instanceof Line.Begin)) {
            return null;
        }
        processes.begin();
        List<Observed.Step> steps = new ArrayList<>(calls);
        while (steps.size() < calls) {
            switch (nextOrNull()) {
                case Line.After(Observed.Step step) -> steps.add(step);
                case Line.Trouble(String error, String _) -> {
                    return new Observed(steps, error);
                }
                case null, default -> {
                    return null;
                }
            }
        }
        return new Observed(steps, null);
    }

    /// What was wrong with the last document, or null.
    @Nullable
    String problem() {
        return problem;
    }

    private static final class Fields {
        private @Nullable String call;
        private @Nullable String result;
        private @Nullable String error;
        private @Nullable String release;
        private @Nullable List<Observed.Process> processes;
        private @Nullable List<Hidden.AnonVma> anonVmas;
        private String levels = "";
        private long recording = -1;
        private long begin = -1;
        private long end = -1;
        private int pages = Setup.DEFAULT_PAGES;
        private int maxMapCount = Setup.DEFAULT_MAX_MAP_COUNT;
        private boolean frames;
        private boolean swap;
        private boolean userMode;

        Line line() {
            if (error != null) {
                return new Line.Trouble(error, call == null ? "" : call);
            }
            if (release != null && recording >= 0) {
                return new Line.Header(recording, release, userMode, frames, swap, levels);
            }
            if (release != null) {
                return new Line.About(release, frames, swap);
            }
            if (end >= 0) {
                return new Line.End(end);
            }
            if (begin >= 0) {
                return new Line.Begin(pages, maxMapCount);
            }
            if (call == null || result == null || processes == null) {
                throw new UnexpectedDocument("a document that says neither what was called nor what came of it");
            }
            return new Line.After(new Observed.Step(call, result, processes, anonVmas));
        }
    }

    private void field(Fields fields) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
            case "call" -> fields.call = json.getString();
            case "result" -> fields.result = json.getString();
            case "processes" -> fields.processes = processes.read();
            case "anonVmas" -> fields.anonVmas = HiddenJson.readAnonVmas(json);
            case "error" -> fields.error = json.getString();
            case "recording" -> fields.recording = json.getLongValue();
            case "levels" -> fields.levels = Objects.requireNonNull(json.getString());
            case "h" -> fields.begin = json.getLongValue();
            case "end" -> fields.end = json.getLongValue();
            case "pages" -> fields.pages = json.getIntValue();
            case "limit" -> fields.maxMapCount = json.getIntValue();
            case "kernel" -> fields.release = json.getString();
            case "frames" -> fields.frames = json.getBooleanValue();
            case "userMode" -> fields.userMode = json.getBooleanValue();
            case "swap" -> fields.swap = json.getBooleanValue();
            default -> json.skipChildren();
        }
    }

    static void require(@Nullable JsonToken token, JsonToken wanted) {
        if (token != wanted) {
            throw new UnexpectedDocument("JSON of another form");
        }
    }

    /// A name that is a number.
    static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            throw new UnexpectedDocument("\"" + digits + "\" where a number should be");
        }
    }

    /// JSON, but nothing that a puppet writes.
    static final class UnexpectedDocument extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnexpectedDocument(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public void close() {
        json.close();
    }
}
