package vmacheck.invariant;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.Result;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Vma;

/// mremap that succeeds gives back the start of memory that is mapped, as long as it was asked for, and reads like the
/// old range.
final class MovedContents implements Invariant {
    @Override
    public String name() {
        return "moved-contents";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Step step = observation.step();
        if (!(step.call() instanceof Call.Mremap call) || !(step.result() instanceof Result.Value(int start))) {
            return null;
        }
        AddressSpace before = Objects.requireNonNull(observation.facts().spaceBefore(call.process()));
        Vma first = before.vmaAt(call.addr());
        if (first == null) {
            String message = "mremap gives back " + start + " for page " + call.addr() + ", where nothing was mapped";
            return Violation.of(this, call.process(), message, call.addr());
        }
        for (int i = 0; i < call.newLength(); i++) {
            Violation violation = page(observation, call, first, before, i, start + i);
            if (violation != null) {
                return violation;
            }
        }
        return null;
    }

    private @Nullable Violation page(
            Observation observation, Call.Mremap call, Vma first, AddressSpace before, int i, int to) {
        int from = call.addr() + i;
        boolean grown = call.oldLength() > 0 ? i >= call.oldLength() : !first.covers(from);
        if (!grown && before.vmaAt(from) == null) {
            return null;
        }
        AddressSpace after = observation.facts().space(call.process());
        if (to >= after.pages().size() || after.vmaAt(to) == null) {
            String message = "mremap succeeds, and nothing is mapped at page " + to + " of what it gives back";
            return Violation.of(this, call.process(), message, to);
        }
        if (grown) {
            return null;
        }
        int then = Content.at(observation.step().before(), before, from);
        int now = Content.at(observation.step().after(), after, to);
        // A duplicate brings no entries, and a guard is nothing but an entry.
        if (then == now || (call.oldLength() == 0 && then == Content.GUARD)) {
            return null;
        }
        String message = "page " + to + " reads " + Content.text(now) + ", and page " + from
                + ", which mremap was to bring there, had " + Content.text(then);
        return Violation.of(this, call.process(), message, to);
    }
}
