package vmacheck.invariant;

import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Vma;

/// Names of things, for messages.
final class Text {
    private Text() {}

    static String of(Vma vma) {
        return "[" + vma.start() + "," + vma.end() + ")";
    }

    /// A folio with its mapping and index, as in `F3(A0,10)`; a page of a file as in `F3(file 0,10)`.
    static String of(Folio folio) {
        String mapping = !folio.anonymous() ? "file " + folio.mapping() : anonVma(folio.mapping());
        return "F" + folio.id() + "(" + mapping + "," + folio.index() + ")";
    }

    static String anonVma(int id) {
        return id == Vma.NONE ? "no anon_vma" : "A" + id;
    }

    /// A chain, oldest first, as in `A0 A2`.
    static String of(Chain chain) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < chain.size(); i++) {
            text.append(i == 0 ? "A" : " A").append(chain.get(i));
        }
        return text.isEmpty() ? "empty" : text.toString();
    }

    static String range(int start, int end) {
        return "[" + start + "," + end + ")";
    }
}
