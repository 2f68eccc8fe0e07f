package vmacheck.call;

import io.vavr.collection.HashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Vector;

/// The names of the bits of one flags argument. A set is written `name|name`, the empty one `none`.
///
/// @param kind    what an unknown name is called in an error
/// @param names   by bit number
/// @param aliases other spellings that are read but not printed
record FlagNames(String kind, Vector<String> names, Map<String, String> aliases) {
    static final FlagNames MAP = new FlagNames(
            "mmap flag",
            Vector.of("shared", "private", "anonymous", "fixed", "noreplace", "locked", "noreserve", "populate"),
            HashMap.of("anon", "anonymous", "fixed_noreplace", "noreplace"));
    static final FlagNames REMAP = plain("mremap flag", "maymove", "fixed", "dontunmap");
    static final FlagNames LOCK = plain("mlock2 flag", "onfault");
    static final FlagNames LOCK_ALL = plain("mlockall flag", "current", "future", "onfault");

    private static FlagNames plain(String kind, String... names) {
        return new FlagNames(kind, Vector.of(names), HashMap.empty());
    }

    String print(int flags) {
        if (flags >> names.size() != 0) {
            throw new IllegalArgumentException("no " + kind + " has a bit of " + flags);
        }
        return flags == 0
                ? "none"
                : names.zipWithIndex()
                        .filter(name -> (flags & 1 << name._2) != 0)
                        .map(name -> name._1)
                        .mkString("|");
    }

    int parse(Token token) {
        if (isNone(token)) {
            return 0;
        }
        int flags = 0;
        for (Token part : token.split('|')) {
            int bit = names.indexOf(aliases.getOrElse(part.text(), part.text()));
            if (bit < 0) {
                throw part.unknown(kind, names.append("none"));
            }
            if ((flags & 1 << bit) != 0) {
                throw part.place().error(kind + " " + part.quoted() + " stands there twice", "each flag once");
            }
            flags |= 1 << bit;
        }
        return flags;
    }

    static boolean isNone(Token token) {
        return switch (token.text()) {
            case "none", "0", "-" -> true;
            default -> false;
        };
    }
}
