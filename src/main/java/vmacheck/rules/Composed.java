package vmacheck.rules;

import io.vavr.collection.Vector;

/// An answer that asks for several things. Each can be left out, to see what it is good for.
public interface Composed<A> {
    /// @param name    of what is left out, in kebab-case
    /// @param dropped what is allowed then, in words
    /// @param rest    the answer without it
    record Part<A>(String name, String dropped, A rest) {}

    /// What can be left out: alone, or together where one thing stands in for another.
    Vector<Part<A>> parts();
}
