package vmacheck.call;

import vmacheck.model.Vma;

/// The text form of calls: `P0: munmap(1, 2)`, and for events `env: reclaim(P0, 1)`.
public final class CallText {
    private CallText() {}

    /// The call with its process, without a result.
    public static String print(Call call) {
        return (call.isEvent() ? "env" : "P" + call.process()) + ": " + printBare(call);
    }

    /// The call as the process that does it would write it: `munmap(1, 2)`.
    public static String printBare(Call call) {
        return switch (call) {
            case Call.Mmap c ->
                text(
                        CallForm.MMAP,
                        c.addr(),
                        c.length(),
                        ProtText.print(c.prot()),
                        FlagNames.MAP.print(c.flags()) + file(c));
            case Call.Munmap c -> text(CallForm.MUNMAP, c.addr(), c.length());
            case Call.Mprotect c -> text(CallForm.MPROTECT, c.addr(), c.length(), ProtText.print(c.prot()));
            case Call.Mremap c ->
                text(
                        CallForm.MREMAP,
                        c.addr(),
                        c.oldLength(),
                        c.newLength(),
                        FlagNames.REMAP.print(c.flags()) + (c.newAddr() == Vma.NONE ? "" : ", " + c.newAddr()));
            case Call.Brk c -> text(CallForm.BRK, c.addr());
            case Call.Madvise c ->
                text(CallForm.MADVISE, c.addr(), c.length(), c.advice().text());
            case Call.Mlock c -> text(CallForm.MLOCK, c.addr(), c.length());
            case Call.Mlock2 c ->
                text(CallForm.MLOCK2, c.addr(), c.length(), FlagNames.LOCK.print(c.onFault() ? 1 : 0));
            case Call.Munlock c -> text(CallForm.MUNLOCK, c.addr(), c.length());
            case Call.Mlockall c -> text(CallForm.MLOCKALL, FlagNames.LOCK_ALL.print(c.flags()));
            case Call.Munlockall _ -> text(CallForm.MUNLOCKALL);
            case Call.Mseal c -> text(CallForm.MSEAL, c.addr(), c.length());
            case Call.Fork _ -> text(CallForm.FORK);
            case Call.Exit _ -> text(CallForm.EXIT);
            case Call.Execve _ -> text(CallForm.EXECVE);
            case Call.Read c -> text(CallForm.READ, c.page());
            case Call.Write c -> text(CallForm.WRITE, c.page());
            case Call.Reclaim c -> text(CallForm.RECLAIM, "P" + c.process(), c.page());
            case Call.SwapIn c -> text(CallForm.SWAPIN, "P" + c.process(), c.page());
        };
    }

    private static String text(CallForm form, Object... arguments) {
        StringBuilder text = new StringBuilder(form.text()).append('(');
        for (int i = 0; i < arguments.length; i++) {
            text.append(i == 0 ? "" : ", ").append(arguments[i]);
        }
        return text.append(')').toString();
    }

    /// An offset without a file is ignored by the kernel, but it is part of the call and must not get lost.
    private static String file(Call.Mmap mmap) {
        if (mmap.file() == Vma.NONE && mmap.offset() == 0) {
            return "";
        }
        return ", " + (mmap.file() == Vma.NONE ? "none" : "F" + mmap.file()) + ", " + mmap.offset();
    }
}
