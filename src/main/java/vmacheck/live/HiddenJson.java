package vmacheck.live;

import static vmacheck.model.Vma.NONE;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The hidden fields as the puppet and recordings have them (see hidden.c).
final class HiddenJson {
    private HiddenJson() {}

    /// Reads what `hidden` has of a process; the parser is at its beginning.
    static Hidden read(JsonParser json) {
        List<Hidden.Mapping> vmas = new ArrayList<>(8);
        List<Hidden.Page> pages = new ArrayList<>(8);
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "vmas" -> {
                    ObservationReader.require(json.currentToken(), JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        vmas.add(mapping(json));
                    }
                }
                case "pages" -> {
                    ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
                    while (json.nextToken() != JsonToken.END_OBJECT) {
                        int number = ObservationReader.number(json.currentName());
                        json.nextToken();
                        pages.add(page(json, number));
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Hidden(vmas, pages);
    }

    private static Hidden.Mapping mapping(JsonParser json) {
        int start = 0;
        int end = 0;
        int pgoff = 0;
        int anonVma = NONE;
        List<Integer> chain = new ArrayList<>();
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "start" -> start = json.getIntValue();
                case "end" -> end = json.getIntValue();
                case "pgoff" -> pgoff = json.getIntValue();
                case "anonVma" -> anonVma = number(json);
                case "chain" -> {
                    ObservationReader.require(json.currentToken(), JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        chain.add(json.getIntValue());
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Hidden.Mapping(start, end, pgoff, anonVma, Vector.ofAll(chain));
    }

    private static Hidden.Page page(JsonParser json, int page) {
        long frame = 0;
        int anonVma = NONE;
        int file = NONE;
        int index = 0;
        int mapcount = 0;
        boolean exclusive = false;
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "frame" -> frame = json.getLongValue();
                case "anonVma" -> anonVma = number(json);
                case "file" -> file = number(json);
                case "index" -> index = json.getIntValue();
                case "mapcount" -> mapcount = json.getIntValue();
                case "exclusive" -> exclusive = json.getBooleanValue();
                default -> json.skipChildren();
            }
        }
        return new Hidden.Page(page, frame, anonVma, file, index, mapcount, exclusive);
    }

    /// Reads all anon_vmas of an observation.
    static List<Hidden.AnonVma> readAnonVmas(JsonParser json) {
        List<Hidden.AnonVma> anonVmas = new ArrayList<>(8);
        ObservationReader.require(json.currentToken(), JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            anonVmas.add(json.currentToken() == JsonToken.VALUE_NULL ? Hidden.AnonVma.UNLINKED : anonVma(json));
        }
        return anonVmas;
    }

    private static Hidden.AnonVma anonVma(JsonParser json) {
        int root = 0;
        int parent = 0;
        int refcount = 0;
        int children = 0;
        int active = 0;
        ObservationReader.require(json.currentToken(), JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "root" -> root = json.getIntValue();
                case "parent" -> parent = json.getIntValue();
                case "refcount" -> refcount = json.getIntValue();
                case "children" -> children = json.getIntValue();
                case "active" -> active = json.getIntValue();
                default -> json.skipChildren();
            }
        }
        return new Hidden.AnonVma(root, parent, refcount, children, active);
    }

    private static int number(JsonParser json) {
        return json.currentToken() == JsonToken.VALUE_NULL ? NONE : json.getIntValue();
    }

    /// @param frames gives physical pages the numbers that are written
    static String print(Hidden hidden, LongUnaryOperator frames) {
        return "{\"vmas\":"
                + hidden.vmas().stream().map(HiddenJson::print).collect(Collectors.joining(",", "[", "]"))
                + ",\"pages\":"
                + hidden.pages().stream().map(page -> print(page, frames)).collect(Collectors.joining(",", "{", "}"))
                + "}";
    }

    private static String print(Hidden.Mapping vma) {
        return "{\"start\":" + vma.start() + ",\"end\":" + vma.end() + ",\"pgoff\":" + vma.pgoff() + ",\"anonVma\":"
                + print(vma.anonVma()) + ",\"chain\":" + vma.chain().mkString("[", ",", "]") + "}";
    }

    private static String print(Hidden.Page page, LongUnaryOperator frames) {
        return "\"" + page.page() + "\":{\"frame\":" + frames.applyAsLong(page.frame()) + ",\"anonVma\":"
                + print(page.anonVma()) + ",\"file\":" + print(page.file()) + ",\"index\":" + page.index()
                + ",\"mapcount\":" + page.mapcount() + ",\"exclusive\":" + page.exclusive() + "}";
    }

    static String print(List<Hidden.AnonVma> anonVmas) {
        return anonVmas.stream()
                .map(it -> it.equals(Hidden.AnonVma.UNLINKED)
                        ? "null"
                        : "{\"root\":" + it.root() + ",\"parent\":" + it.parent() + ",\"refcount\":" + it.refcount()
                                + ",\"children\":" + it.children() + ",\"active\":" + it.active() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String print(int number) {
        return number == NONE ? "null" : Integer.toString(number);
    }
}
