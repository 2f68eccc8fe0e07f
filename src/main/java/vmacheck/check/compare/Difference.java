package vmacheck.check.compare;

import vmacheck.call.History;

/// How user space can tell two rules apart by one kind of thing.
///
/// @param one       name of the first rules
/// @param other     name of the second
/// @param histories in how many of the histories they differ
/// @param history   the shortest that shows it; its last call makes the difference
/// @param message   what it is, in a sentence
/// @param shrunk    whether no simpler history shows it
public record Difference(
        String one, String other, Aspect aspect, long histories, History history, String message, boolean shrunk) {
    Difference with(History simpler, String newMessage, boolean finished) {
        return new Difference(one, other, aspect, histories, simpler, newMessage, finished);
    }
}
