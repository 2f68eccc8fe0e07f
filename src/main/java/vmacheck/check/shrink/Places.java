package vmacheck.check.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// Moves what the calls of a history aim at.
final class Places {
    private Places() {}

    /// Adds `shift` to every place in `[low, high)` that the calls `[from, to)` name. Lengths stay.
    static Script shifted(Script script, int from, int to, int low, int high, int shift) {
        Term[] terms = script.toArray();
        for (int i = from; i < to; i++) {
            terms[i] = shifted(terms[i], low, high, shift);
        }
        return new Script(script.setup, terms);
    }

    private static Term shifted(Term term, int low, int high, int shift) {
        Term changed = term;
        Role[] roles = term.roles();
        for (int i = 0; i < roles.length; i++) {
            int place = term.get(i);
            if (roles[i].isPlace() && place >= low && place < high && term.kind != Kind.BRK) {
                changed = changed.with(i, place + shift);
            }
        }
        return changed;
    }

    /// Sends every place and every end of a range through a function that keeps the order. Ranges that become empty go,
    /// and so do accesses to pages that vanish.
    static Script mapped(Script script, IntUnaryOperator map) {
        List<Term> kept = new ArrayList<>(script.size());
        for (int i = 0; i < script.size(); i++) {
            Term term = mapped(script.get(i), map);
            if (term != null) {
                kept.add(term);
            }
        }
        return new Script(script.setup, kept.toArray(Term[]::new));
    }

    private static @Nullable Term mapped(Term term, IntUnaryOperator map) {
        if (term.kind == Kind.BRK) {
            return term;
        }
        Term changed = term;
        Role[] roles = term.roles();
        for (int i = 0; i < roles.length; i++) {
            if (roles[i].isPlace() && term.get(i) != Vma.NONE) {
                int start = map.applyAsInt(term.get(i));
                int length = map.applyAsInt(term.end(i)) - start;
                if (length == 0 && term.end(i) > term.get(i)) {
                    return null;
                }
                changed = changed.with(i, start);
                if (roles[i] != Role.PAGE) {
                    changed = withLength(changed, roles[i] == Role.DESTINATION, length);
                }
            }
        }
        return changed;
    }

    private static Term withLength(Term term, boolean destination, int length) {
        Role[] roles = term.roles();
        for (int i = 0; i < roles.length; i++) {
            if (roles[i] == (destination ? Role.NEW_LENGTH : Role.LENGTH)) {
                return term.with(i, length);
            }
        }
        return term;
    }

    /// Every place and end of a range that the history names, in ascending order.
    static int[] named(Script script) {
        return IntStream.range(0, script.size())
                .flatMap(i -> named(script.get(i)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static IntStream named(Term term) {
        Role[] roles = term.roles();
        return IntStream.range(0, roles.length)
                .filter(i -> roles[i].isPlace() && term.get(i) != Vma.NONE)
                .flatMap(i -> IntStream.of(term.get(i), term.end(i)));
    }
}
