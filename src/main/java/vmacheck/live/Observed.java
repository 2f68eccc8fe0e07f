package vmacheck.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a kernel showed of one history: a step for each call that it did.
///
/// @param trouble what ended it before its last call, or null
public record Observed(List<Step> steps, @Nullable String trouble) {

    /// After one call.
    ///
    /// @param call      the call as the puppet repeats it
    /// @param result    as in the text form, but what a read found is always a number
    /// @param processes those alive, by number
    /// @param anonVmas  by number; null if they were not observed
    public record Step(
            String call,
            String result,
            List<Process> processes,
            @Nullable List<Hidden.AnonVma> anonVmas) {
        @Nullable
        Process process(int number) {
            for (Process process : processes) {
                if (process.number() == number) {
                    return process;
                }
            }
            return null;
        }
    }

    /// @param vmas       null if they were not observed
    /// @param pages      entries of the page table, by page; null if they were not observed
    /// @param hidden     null if the hidden fields were not observed
    /// @param accounting null if it was not observed
    public record Process(
            int number,
            @Nullable List<Mapping> vmas,
            @Nullable List<Page> pages,
            @Nullable Hidden hidden,
            @Nullable Accounting accounting) {}

    /// @param perm   as in `/proc/PID/maps`
    /// @param flags  the VmFlags of smaps, or null if the kernel does not tell
    /// @param offset in pages of the file, 0 for anonymous memory
    /// @param file   `F0` or `F1`, or null
    public record Mapping(
            int start,
            int end,
            String perm,
            @Nullable String flags,
            int offset,
            @Nullable String file) {}

    /// @param state as the puppet names it
    /// @param value the token in it, or null if it could not be read
    /// @param frame number of the physical page, 0 if the kernel does not tell
    public record Page(int page, State state, @Nullable Long value, long frame) {}

    public enum State {
        PRESENT,
        ZERO,
        SWAPPED,
        GUARD
    }

    /// In pages, since the process was new.
    public record Accounting(int size, int locked, int data) {}
}
