package vmacheck.call;

import io.vavr.collection.Vector;
import java.util.Locale;

/// How each call is written.
enum CallForm {
    MMAP("address", "length", "prot", "flags", "[file", "offset]"),
    MUNMAP("address", "length"),
    MPROTECT("address", "length", "prot"),
    MREMAP("address", "old length", "new length", "flags", "[new address]"),
    BRK("address"),
    MADVISE("address", "length", "advice"),
    MLOCK("address", "length"),
    MLOCK2("address", "length", "flags"),
    MUNLOCK("address", "length"),
    MLOCKALL("flags"),
    MUNLOCKALL,
    MSEAL("address", "length"),
    FORK,
    EXIT,
    EXECVE,
    READ("page"),
    WRITE("page"),
    RECLAIM("process", "page"),
    SWAPIN("process", "page");

    private static final Vector<CallForm> ALL = Vector.of(values());

    private final Vector<String> parameters;

    CallForm(String... parameters) {
        this.parameters = Vector.of(parameters);
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isEvent() {
        return this == RECLAIM || this == SWAPIN;
    }

    /// `munmap(address, length)`; what may be left out stands in brackets.
    String signature() {
        return text() + "(" + parameters.mkString(", ").replace(", [", "[, ") + ")";
    }

    /// Whether the call can have this many arguments. What is optional stands there as a whole or not at all.
    boolean takes(int arguments) {
        int required = parameters.indexWhere(parameter -> parameter.startsWith("["));
        return arguments == parameters.size() || arguments == required;
    }

    static CallForm named(Token name, boolean event) {
        Vector<CallForm> possible = ALL.filter(form -> form.isEvent() == event);
        CallForm found = ALL.find(form -> form.text().equals(name.text())).getOrNull();
        if (found == null) {
            throw name.unknown(event ? "event" : "call", possible.map(CallForm::text));
        }
        if (found.isEvent() != event) {
            String problem = event ? " is a call of a process" : " is an event of the environment";
            String example = event ? "\"P0: " : "\"env: ";
            throw name.place().error(found.text() + problem, example + found.signature() + "\"");
        }
        return found;
    }
}
