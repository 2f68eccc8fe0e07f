package vmacheck.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads what a puppet writes of its processes, a part of [ObservationReader].
final class ProcessReader {
    /// What the puppet writes in the place of something that has not changed since it last wrote it.
    private static final String SAME = "same";

    private final JsonParser json;
    /// As last seen in this history, by number.
    private final Map<Integer, Observed.Process> last = new HashMap<>();

    ProcessReader(JsonParser json) {
        this.json = json;
    }

    /// Begins a history.
    void begin() {
        last.clear();
    }

    /// The processes after one call.
    List<Observed.Process> read() {
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        List<Observed.Process> processes = new ArrayList<>(4);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            int number = processNumber(json.currentName());
            json.nextToken();
            Observed.Process process = process(number, last.get(number));
            last.put(number, process);
            processes.add(process);
        }
        return processes;
    }

    private Observed.Process process(int number, Observed.@Nullable Process before) {
        List<Observed.Mapping> vmas = null;
        List<Observed.Page> pages = null;
        Hidden hidden = null;
        int size = -1;
        int locked = 0;
        int data = 0;
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "vmas" ->
                    vmas = value == JsonToken.VALUE_NULL
                            ? null
                            : isSame(value) ? known(before).vmas() : vmas();
                case "pages" -> pages = isSame(value) ? known(before).pages() : pages();
                case "hidden" -> hidden = value == JsonToken.VALUE_NULL ? null : HiddenJson.read(json);
                case "size" -> size = json.getIntValue();
                case "lck" -> locked = json.getIntValue();
                case "data" -> data = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        return new Observed.Process(
                number, vmas, pages, hidden, size < 0 ? null : new Observed.Accounting(size, locked, data));
    }

    private boolean isSame(JsonToken value) {
        return value == JsonToken.VALUE_STRING && SAME.equals(json.getString());
    }

    private static Observed.Process known(Observed.@Nullable Process before) {
        if (before == null) {
            throw new ObservationReader.UnexpectedDocument("a process that is the same as one never seen");
        }
        return before;
    }

    private List<Observed.Mapping> vmas() {
        ObservationReader.require(json.currentToken(), JsonToken.START_ARRAY);
        List<Observed.Mapping> vmas = new ArrayList<>(8);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            vmas.add(mapping());
        }
        return vmas;
    }

    private Observed.Mapping mapping() {
        int start = 0;
        int end = 0;
        int offset = 0;
        String perm = "";
        String flags = null;
        String file = null;
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "start" -> start = json.getIntValue();
                case "end" -> end = json.getIntValue();
                case "perm" -> perm = Objects.requireNonNull(json.getString());
                case "flags" -> flags = value == JsonToken.VALUE_NULL ? null : json.getString();
                case "offset" -> offset = json.getIntValue();
                case "file" -> file = value == JsonToken.VALUE_NULL ? null : json.getString();
                default -> json.skipChildren();
            }
        }
        return new Observed.Mapping(start, end, perm, flags, offset, file);
    }

    private List<Observed.Page> pages() {
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        List<Observed.Page> pages = new ArrayList<>(8);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            int number = ObservationReader.number(json.currentName());
            json.nextToken();
            pages.add(page(number));
        }
        return pages;
    }

    private Observed.Page page(int number) {
        Observed.State state = Observed.State.PRESENT;
        Long content = null;
        long frame = 0;
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "state" -> state = state(json.getString());
                case "value" -> content = value == JsonToken.VALUE_NULL ? null : json.getLongValue();
                case "frame" -> frame = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new Observed.Page(number, state, content, frame);
    }

    private static int processNumber(String name) {
        if (!name.startsWith("P")) {
            throw new ObservationReader.UnexpectedDocument("\"" + name + "\" where a process should be");
        }
        return ObservationReader.number(name.substring(1));
    }

    private static Observed.State state(String text) {
        for (Observed.State state : Observed.State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) {
                return state;
            }
        }
        throw new ObservationReader.UnexpectedDocument("a page that is \"" + text + "\"");
    }
}
