package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;

/// The kernel's count of VMAs is their number.
final class MapCount implements Invariant {
    @Override
    public String name() {
        return "map-count";
    }

    @Override
    public @Nullable Violation judge(Observation observation) {
        Facts facts = observation.facts();
        for (int p = 0; p < facts.processCount(); p++) {
            if (facts.spaceChanged(p)) {
                AddressSpace space = facts.space(p);
                if (space.mapCount() != space.vmas().size()) {
                    String message =
                            "P" + p + " has " + space.vmas().size() + " VMAs, and map_count is " + space.mapCount();
                    return Violation.of(this, p, message);
                }
            }
        }
        return null;
    }
}
