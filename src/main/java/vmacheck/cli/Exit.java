package vmacheck.cli;

/// What the exit status of every command says.
final class Exit {
    static final int HELD = 0;
    static final int VIOLATED = 1;
    static final int USAGE = 2;
    static final int MISSING = 3;
    /// `EX_SOFTWARE` of sysexits.h: none of the above, but a defect.
    static final int DEFECT = 70;

    private Exit() {}
}
