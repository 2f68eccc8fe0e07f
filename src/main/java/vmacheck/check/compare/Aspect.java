package vmacheck.check.compare;

import java.util.Locale;

/// The kinds of things that user space can see, and so the kinds of difference between two rules.
public enum Aspect {
    /// What a call gives: a value, an errno, a signal, what is read.
    RESULT("the result of a call"),
    /// Where VMAs begin and end, as `/proc/PID/maps` lists them.
    LAYOUT("where VMAs begin and end"),
    /// Whether something is mapped at a page, and which page of which file.
    MAPPING("what is mapped at a page"),
    /// The flags of the VMA that a page lies in, as smaps has them; permissions are among them.
    FLAGS("the permissions and flags of a page"),
    /// What a page holds, whether or not it may be read.
    CONTENTS("the contents of a page"),
    /// `VmSize`, `VmData`, `VmLck` of a process, its break, and `Committed_AS`.
    ACCOUNTING("accounting");

    private final String text;

    Aspect(String text) {
        this.text = text;
    }

    /// What it is, in a few words.
    public String text() {
        return text;
    }

    /// As JSON has it.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
