package vmacheck.invariant;

import java.util.Locale;

/// How much a violation weighs.
public enum Level {
    /// Something breaks: a failure.
    SAFETY,
    /// A chance was missed: reported and counted, no failure.
    ADVICE;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
