package vmacheck.call;

import io.vavr.collection.Vector;
import vmacheck.model.Machine;
import vmacheck.model.Setup;
import vmacheck.model.Vma;

/// Reads one call. Addresses and lengths must lie in the arena.
///
/// @param forks how many forks stand before the call: P0 to P`forks` may exist
record CallParser(Setup setup, int forks) {
    private static final int GREATEST_OFFSET = 4095;
    private static final Vector<String> ADVICE = Vector.of(Advice.values()).map(Advice::text);
    private static final Vector<String> FILES =
            Vector.range(0, Machine.NAMED_FILES).map(file -> "F" + file);

    /// @param actor the text before the colon: a process or `env`
    /// @param body  the call without its result
    Call parse(Token actor, Token body) {
        boolean event = actor.text().equals("env");
        int opening = body.text().indexOf('(');
        if (opening < 0) {
            CallForm form = CallForm.named(body, event);
            throw body.place().error(form.text() + " has no arguments", form.signature());
        }
        Token name = body.part(0, opening);
        CallForm form = CallForm.named(name, event);
        int closing = body.text().indexOf(')', opening);
        if (closing < 0) {
            Place end = body.place().right(body.text().length());
            throw end.error("missing \")\"", form.signature());
        }
        Token rest = body.part(closing + 1, body.text().length());
        if (!rest.isEmpty()) {
            throw rest.place()
                    .error("unexpected " + rest.quoted() + " after the call", "\" = RESULT\" or the end of the line");
        }
        Token inside = body.part(opening + 1, closing);
        Vector<Token> arguments = inside.isEmpty() ? Vector.empty() : inside.split(',');
        if (!form.takes(arguments.size())) {
            throw name.place().error(form.text() + " with " + count(arguments.size()), form.signature());
        }
        return event
                ? event(form, process(arguments.get(0)), page(arguments.get(1)))
                : call(form, process(actor), arguments);
    }

    private static String count(int arguments) {
        return arguments == 0 ? "no arguments" : arguments == 1 ? "1 argument" : arguments + " arguments";
    }

    private static Call event(CallForm form, int process, int page) {
        return form == CallForm.RECLAIM ? new Call.Reclaim(process, page) : new Call.SwapIn(process, page);
    }

    private Call call(CallForm form, int process, Vector<Token> args) {
        return switch (form) {
            case MMAP -> mmap(process, args);
            case MUNMAP -> new Call.Munmap(process, address(args), length(args));
            case MPROTECT -> new Call.Mprotect(process, address(args), length(args), ProtText.parse(args.get(2)));
            case MREMAP -> mremap(process, args);
            case BRK -> new Call.Brk(process, address(args));
            case MADVISE -> new Call.Madvise(process, address(args), length(args), advice(args.get(2)));
            case MLOCK -> new Call.Mlock(process, address(args), length(args));
            case MLOCK2 ->
                new Call.Mlock2(process, address(args), length(args), FlagNames.LOCK.parse(args.get(2)) != 0);
            case MUNLOCK -> new Call.Munlock(process, address(args), length(args));
            case MLOCKALL -> new Call.Mlockall(process, FlagNames.LOCK_ALL.parse(args.get(0)));
            case MUNLOCKALL -> new Call.Munlockall(process);
            case MSEAL -> new Call.Mseal(process, address(args), length(args));
            case FORK -> new Call.Fork(process);
            case EXIT -> new Call.Exit(process);
            case EXECVE -> new Call.Execve(process);
            case READ -> new Call.Read(process, page(args.get(0)));
            case WRITE -> new Call.Write(process, page(args.get(0)));
            case RECLAIM, SWAPIN -> throw new IllegalStateException(form + " is an event");
        };
    }

    private Call mmap(int process, Vector<Token> args) {
        int address = address(args);
        int length = length(args);
        int prot = ProtText.parse(args.get(2));
        int flags = FlagNames.MAP.parse(args.get(3));
        return args.size() == 4
                ? new Call.Mmap(process, address, length, prot, flags, Vma.NONE, 0)
                : new Call.Mmap(process, address, length, prot, flags, file(args.get(4)), offset(args.get(5)));
    }

    private Call mremap(int process, Vector<Token> args) {
        int address = address(args);
        int oldLength = length(args);
        int flags = FlagNames.REMAP.parse(args.get(3));
        int newAddress = args.size() == 4 ? Vma.NONE : args.get(4).number("new address", 0, setup.pages(), pages());
        // Without a new address the kernel looks for room, so only the length itself is bounded.
        int newLength = length(args.get(2), "new length", Math.max(newAddress, 0));
        return new Call.Mremap(process, address, oldLength, newLength, flags, newAddress);
    }

    private int process(Token token) {
        int process = ResultText.processNumber(token.text());
        if (process >= 0 && process <= forks) {
            return process;
        }
        String known = forks == 0 ? "P0" : forks == 1 ? "P0 or P1" : "P0 to P" + forks;
        String before = forks == 0 ? "no fork" : forks == 1 ? "1 fork" : forks + " forks";
        throw process < 0
                ? token.place().error("unknown process " + token.quoted(), known)
                : token.place()
                        .error("process " + token.text() + " does not exist with " + before + " before it", known);
    }

    private int address(Vector<Token> args) {
        return args.get(0).number("address", 0, setup.pages(), pages());
    }

    private String pages() {
        return "a page number from 0 to " + setup.pages();
    }

    /// The second argument, a length that starts at the address which is the first.
    private int length(Vector<Token> args) {
        return length(args.get(1), "length", address(args));
    }

    private int length(Token token, String name, int address) {
        int high = setup.pages() - address;
        return token.number(
                name,
                0,
                high,
                "0 to " + high + " from page " + address + ", as the arena has " + setup.pages() + " pages");
    }

    private int page(Token token) {
        int last = setup.pages() - 1;
        return token.number("page", 0, last, "a page number from 0 to " + last);
    }

    private static int file(Token token) {
        if (token.text().equals("none")) {
            return Vma.NONE;
        }
        int file = FILES.indexOf(token.text());
        if (file < 0) {
            throw token.unknown("file", FILES.append("none"));
        }
        return file;
    }

    private static int offset(Token token) {
        return token.number("offset", 0, GREATEST_OFFSET);
    }

    private static Advice advice(Token token) {
        int advice = ADVICE.indexOf(token.text().replace('-', '_'));
        if (advice < 0) {
            throw token.unknown("advice", ADVICE);
        }
        return Advice.values()[advice];
    }
}
