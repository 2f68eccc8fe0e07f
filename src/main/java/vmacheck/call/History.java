package vmacheck.call;

import io.vavr.collection.Vector;
import vmacheck.model.Setup;

/// A sequence of calls on a machine that starts from `setup`. Any part of a history is a history.
public record History(Setup setup, Vector<Call> calls) {
    public History withCalls(Vector<Call> newCalls) {
        return new History(setup, newCalls);
    }

    public int size() {
        return calls.size();
    }
}
