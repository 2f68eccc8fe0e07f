package vmacheck.report;

import io.vavr.collection.Vector;

/// A box of a picture before it is laid out: a range of pages with lines about the whole of it and about its pages.
///
/// @param open whether its sides are dotted, because there is no VMA
record Box(int start, int end, Vector<String> head, Vector<String> body, boolean open) {
    /// Columns between the sides.
    int width() {
        return head.appendAll(body).map(String::length).max().getOrElse(0) + 2;
    }
}
