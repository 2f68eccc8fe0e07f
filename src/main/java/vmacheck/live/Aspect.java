package vmacheck.live;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What is compared after every call; the numbers are those of `--levels`.
public enum Aspect {
    /// Value or errno of the call.
    RESULTS(1, "results"),
    /// The VMAs of every process: range, permissions, file, file offset, VmFlags.
    VMAS(2, "VMAs"),
    /// The page table entries: state, contents, and which of them share a physical page.
    PAGES(3, "pages"),
    /// What no file of `/proc` shows: anon_vmas, chains, folios.
    HIDDEN(4, "hidden fields"),
    /// VmSize, VmLck and VmData, as changes from the start.
    ACCOUNTING(5, "accounting");

    private final int number;
    private final String text;

    Aspect(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    public String text() {
        return text;
    }

    /// What any user can observe on any kernel.
    public static Set<Aspect> observable() {
        return EnumSet.of(RESULTS, VMAS, PAGES, ACCOUNTING);
    }

    /// As `--levels` has them.
    static String numbers(Set<Aspect> aspects) {
        return aspects.stream()
                .sorted()
                .map(aspect -> Integer.toString(aspect.number))
                .collect(Collectors.joining(","));
    }
}
