package vmacheck.check.compare;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.invariant.Content;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Table;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// The same call under two rules: where user space can tell the two machines apart. Only what a step changed is looked
/// at, so a difference is told by the step that makes it.
final class Contrast {
    /// A difference.
    ///
    /// @param page where it is, or -1
    record Found(int process, int page, String message) {}

    private final String a;
    private final String b;

    /// @param a what the first rules are called in messages
    /// @param b likewise the second
    Contrast(String a, String b) {
        this.a = a;
        this.b = b;
    }

    /// The first difference of this kind, or null.
    @Nullable
    Found find(Aspect aspect, Step one, Step other) {
        return switch (aspect) {
            case RESULT -> result(one, other);
            case ACCOUNTING -> accounting(one, other);
            case LAYOUT, MAPPING, FLAGS, CONTENTS -> processes(aspect, one, other);
        };
    }

    private @Nullable Found result(Step one, Step other) {
        return one.result().equals(other.result())
                ? null
                : found(
                        one.call().process(),
                        -1,
                        CallText.print(one.call()) + " gives",
                        ResultText.print(one.result()),
                        ResultText.print(other.result()));
    }

    private @Nullable Found processes(Aspect aspect, Step one, Step other) {
        int count = one.after().processes().size();
        for (int p = 0; p < count; p++) {
            Process mine = one.after().live(p);
            Process theirs = other.after().live(p);
            if (mine == null || theirs == null || mine == theirs) {
                continue;
            }
            boolean changed = mine != one.before().processes().get(p)
                    || theirs != other.before().processes().get(p);
            Found found = changed ? process(aspect, p, one.after(), mine, other.after(), theirs) : null;
            if (found != null) {
                return found;
            }
        }
        return aspect == Aspect.CONTENTS && one.call() instanceof Call.Write(int p, int page)
                ? written(p, page, one.after(), other.after())
                : null;
    }

    /// A write can change a page without a change to the process.
    private @Nullable Found written(int p, int page, Machine one, Machine other) {
        Process mine = one.live(p);
        Process theirs = other.live(p);
        return mine == null || theirs == null ? null : contents(p, page, one, mine.space(), other, theirs.space());
    }

    private @Nullable Found process(Aspect aspect, int p, Machine one, Process mine, Machine other, Process theirs) {
        AddressSpace x = mine.space();
        AddressSpace y = theirs.space();
        if (aspect == Aspect.LAYOUT) {
            return sameLayout(x.vmas(), y.vmas()) ? null : found(p, -1, "P" + p + " has", layout(x), layout(y));
        }
        for (int page = 0; page < one.setup().pages(); page++) {
            Found found = switch (aspect) {
                case MAPPING -> mapping(p, page, x.vmaAt(page), y.vmaAt(page));
                case FLAGS -> flags(p, page, x.vmaAt(page), y.vmaAt(page));
                default -> contents(p, page, one, x, other, y);
            };
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Found mapping(int p, int page, @Nullable Vma mine, @Nullable Vma theirs) {
        String one = mapped(mine, page);
        String other = mapped(theirs, page);
        return one.equals(other) ? null : found(p, page, "page " + page + " of P" + p + " maps", one, other);
    }

    private static String mapped(@Nullable Vma vma, int page) {
        return vma == null
                ? "nothing"
                : vma.isAnonymous() ? "anonymous memory" : "page " + vma.indexOf(page) + " of F" + vma.file();
    }

    private @Nullable Found flags(int p, int page, @Nullable Vma mine, @Nullable Vma theirs) {
        return mine == null || theirs == null || mine.flags() == theirs.flags()
                ? null
                : found(
                        p,
                        page,
                        "page " + page + " of P" + p + " has the flags",
                        "\"" + VmFlags.toSmaps(mine.flags()) + "\"",
                        "\"" + VmFlags.toSmaps(theirs.flags()) + "\"");
    }

    private @Nullable Found contents(int p, int page, Machine one, AddressSpace x, Machine other, AddressSpace y) {
        if (x.vmaAt(page) == null || y.vmaAt(page) == null) {
            return null;
        }
        int mine = Content.at(one, x, page);
        int theirs = Content.at(other, y, page);
        return mine == theirs
                ? null
                : found(p, page, "page " + page + " of P" + p + " holds", Content.text(mine), Content.text(theirs));
    }

    private @Nullable Found accounting(Step one, Step other) {
        int count = one.after().processes().size();
        for (int p = 0; p < count; p++) {
            Process mine = one.after().live(p);
            Process theirs = other.after().live(p);
            if (mine == null || theirs == null || mine == theirs) {
                continue;
            }
            AddressSpace x = mine.space();
            AddressSpace y = theirs.space();
            Found found = number(p, "total_vm", x.totalVm(), y.totalVm());
            found = found != null ? found : number(p, "data_vm", x.dataVm(), y.dataVm());
            found = found != null ? found : number(p, "locked_vm", x.lockedVm(), y.lockedVm());
            found = found != null ? found : number(p, "the break", x.brk(), y.brk());
            if (found != null) {
                return found;
            }
        }
        int mine = one.after().committed();
        int theirs = other.after().committed();
        return mine == theirs
                ? null
                : found(one.call().process(), -1, "committed are", mine + " pages", theirs + " pages");
    }

    private @Nullable Found number(int p, String what, int mine, int theirs) {
        return mine == theirs
                ? null
                : found(p, -1, what + " of P" + p + " is", String.valueOf(mine), String.valueOf(theirs));
    }

    private Found found(int p, int page, String what, String mine, String theirs) {
        return new Found(p, page, what + " " + mine + " under " + a + ", " + theirs + " under " + b);
    }

    private static boolean sameLayout(Table<Vma> mine, Table<Vma> theirs) {
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            Vma x = mine.get(i);
            Vma y = theirs.get(i);
            if (x != y && (x == null || y == null || x.start() != y.start() || x.end() != y.end())) {
                return false;
            }
        }
        return true;
    }

    private static String layout(AddressSpace space) {
        StringBuilder text = new StringBuilder();
        space.vmas()
                .forEach(vma -> text.append(text.isEmpty() ? "[" : " [")
                        .append(vma.start())
                        .append(',')
                        .append(vma.end())
                        .append(')'));
        return text.isEmpty() ? "no VMA" : text.toString();
    }
}
