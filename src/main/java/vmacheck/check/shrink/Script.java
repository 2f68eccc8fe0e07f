package vmacheck.check.shrink;

import io.vavr.collection.Vector;
import java.util.Arrays;
import vmacheck.call.History;
import vmacheck.check.trial.Kind;
import vmacheck.model.Setup;

/// A history as the shrinker sees it. Immutable.
final class Script {
    final Setup setup;
    private final Term[] terms;
    final int forks;
    final long weight;
    final long hash;

    Script(Setup setup, Term... terms) {
        this.setup = setup;
        this.terms = terms;
        int forkSum = 0;
        long weightSum = 0;
        long mixed = Term.mix(Term.mix(setup.pages()) + setup.maxMapCount());
        mixed = setup.limitsPages() ? Term.mix(Term.mix(mixed + setup.memlock()) + setup.commitLimit()) : mixed;
        for (Term term : terms) {
            forkSum += term.kind == Kind.FORK ? 1 : 0;
            weightSum += term.weight;
            mixed = Term.mix(mixed * 3 + term.hash);
        }
        forks = forkSum;
        weight = weightSum;
        hash = mixed;
    }

    static Script of(History history) {
        return new Script(history.setup(), history.calls().map(Term::of).toJavaArray(Term[]::new));
    }

    History history() {
        return new History(setup, Vector.of(terms).map(term -> term.call));
    }

    int size() {
        return terms.length;
    }

    Term get(int index) {
        return terms[index];
    }

    Term[] toArray() {
        return terms.clone();
    }

    Script with(int index, Term term) {
        Term[] copy = terms.clone();
        copy[index] = term;
        return new Script(setup, copy);
    }

    Script with(int index, Term term, int otherIndex, Term otherTerm) {
        Term[] copy = terms.clone();
        copy[index] = term;
        copy[otherIndex] = otherTerm;
        return new Script(setup, copy);
    }

    Script withSetup(Setup newSetup) {
        return new Script(newSetup, terms);
    }

    /// The first `size` calls.
    Script head(int size) {
        return size == terms.length ? this : new Script(setup, Arrays.copyOf(terms, size));
    }

    /// Without one call; process numbers stay as they are.
    Script without(int index) {
        Term[] rest = new Term[terms.length - 1];
        System.arraycopy(terms, 0, rest, 0, index);
        System.arraycopy(terms, index + 1, rest, index, rest.length - index);
        return new Script(setup, rest);
    }

    /// The call at `from` stands at `to` afterwards.
    Script moved(int from, int to) {
        Term[] copy = terms.clone();
        Term term = copy[from];
        if (from < to) {
            System.arraycopy(terms, from + 1, copy, from, to - from);
        } else {
            System.arraycopy(terms, to, copy, to + 1, from - to);
        }
        copy[to] = term;
        return new Script(setup, copy);
    }

    /// Whether the text form knows this history: ranges lie in the arena, and each process has a fork before it.
    boolean fits() {
        int known = 0;
        for (Term term : terms) {
            if (term.process > known || !term.fits(setup)) {
                return false;
            }
            known += term.kind == Kind.FORK ? 1 : 0;
        }
        return true;
    }

    /// The number of calls that this history begins with like another one.
    int commonHead(Script other) {
        if (!setup.equals(other.setup)) {
            return 0;
        }
        int most = Math.min(terms.length, other.terms.length);
        int same = 0;
        while (same < most && terms[same].isSame(other.terms[same])) {
            same++;
        }
        return same;
    }
}
