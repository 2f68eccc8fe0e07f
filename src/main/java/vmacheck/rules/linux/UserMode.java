package vmacheck.rules.linux;

import static vmacheck.rules.Decisions.*;

import vmacheck.rules.Answer;
import vmacheck.rules.Rules;

/// User Mode Linux, as its default configuration on x86-64 builds it: what differs from a kernel on bare hardware.
public final class UserMode {
    private UserMode() {}

    /// The same version, built as User Mode Linux.
    public static Rules of(Rules rules) {
        return rules.with(HUGE_PAGES, no("arch/um has no transparent huge pages"))
                .with(HEAP_EXECUTABLE, new Answer<>("yes", "include/linux/mm.h: VM_DATA_FLAGS_EXEC", true))
                .with(WRITE_IMPLIES_READ, no("arch/um/kernel/trap.c, handle_page_fault"))
                .with(PLACES_FROM_TOP, no("generic arch_get_unmapped_area"));
    }

    private static Answer<Boolean> no(String source) {
        return new Answer<>("no", source, false);
    }
}
