package vmacheck.invariant;

import org.jspecify.annotations.Nullable;
import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.call.ResultText;
import vmacheck.kernel.Step;
import vmacheck.model.AddressSpace;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Table;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Compares what user space can see of a machine and of its shadow, as far as a step may have changed it.
final class Comparison {
    private static final Table<Pte> NO_PAGES = Table.empty();

    private final Step step;
    private final Step shadow;
    /// A difference that an exception explains; the search goes on for one that none does.
    private @Nullable Divergence excused;

    private Comparison(Step step, Step shadow) {
        this.step = step;
        this.shadow = shadow;
    }

    /// The first difference that no exception explains, else the first that one explains, else null.
    static @Nullable Divergence compare(Step step, Step shadow, Facts facts) {
        if (step == shadow) {
            return null;
        }
        boolean sameResult = step.result().equals(shadow.result());
        if (sameResult && step.after() == step.before() && shadow.after() == shadow.before()) {
            return null;
        }
        Divergence found = sameResult ? new Comparison(step, shadow).states(facts) : results(step, shadow);
        if (found == null || found.exception() != null) {
            return found;
        }
        TransparencyException exception = TransparencyException.ofCall(step, shadow);
        return new Divergence(found.process(), found.page(), found.message(), exception);
    }

    private static Divergence results(Step step, Step shadow) {
        String message = CallText.print(step.call()) + " gives " + ResultText.print(step.result())
                + ", without merging " + ResultText.print(shadow.result());
        return new Divergence(step.call().process(), -1, message, null);
    }

    private @Nullable Divergence states(Facts facts) {
        Divergence found = null;
        int count = step.after().processes().size();
        for (int p = 0; p < count && found == null; p++) {
            found = process(p);
        }
        if (found == null && step.call() instanceof Call.Write(int process, int page)) {
            found = content(process, page);
        }
        return found != null ? found : files(facts) instanceof Divergence file ? file : excused;
    }

    private @Nullable Divergence process(int p) {
        Process mine = step.after().processes().get(p);
        Process theirs = shadow.after().processes().get(p);
        Process mineThen = step.before().processes().get(p);
        Process theirsThen = shadow.before().processes().get(p);
        if ((mine == mineThen && theirs == theirsThen) || mine == theirs || mine == null || theirs == null) {
            return null;
        }
        AddressSpace a = mine.space();
        AddressSpace b = theirs.space();
        if (a.brk() != b.brk() || a.defFlags() != b.defFlags()) {
            return new Divergence(p, -1, "P" + p + " has another break or lock default than without merging", null);
        }
        if (mineThen == null
                || theirsThen == null
                || a.vmas() != mineThen.space().vmas()
                || b.vmas() != theirsThen.space().vmas()) {
            Divergence found = vmas(p, a, b);
            if (found != null) {
                return found;
            }
        }
        return pages(
                p,
                a.pages(),
                b.pages(),
                mineThen == null ? NO_PAGES : mineThen.space().pages(),
                theirsThen == null ? NO_PAGES : theirsThen.space().pages());
    }

    /// Walks over both lists of VMAs at once, piece by piece.
    private @Nullable Divergence vmas(int process, AddressSpace a, AddressSpace b) {
        int i = 0;
        int k = 0;
        int page = 0;
        Vma mine = a.vmas().get(0);
        Vma theirs = b.vmas().get(0);
        while (mine != null || theirs != null) {
            int next = Math.min(edge(mine, page), edge(theirs, page));
            Divergence found = attributes(
                    process,
                    page,
                    mine != null && mine.start() <= page ? mine : null,
                    theirs != null && theirs.start() <= page ? theirs : null);
            if (found != null) {
                return found;
            }
            page = next;
            mine = mine != null && mine.end() <= page ? a.vmas().get(++i) : mine;
            theirs = theirs != null && theirs.end() <= page ? b.vmas().get(++k) : theirs;
        }
        return null;
    }

    private static int edge(@Nullable Vma vma, int page) {
        return vma == null ? Integer.MAX_VALUE : page < vma.start() ? vma.start() : vma.end();
    }

    private @Nullable Divergence attributes(int process, int page, @Nullable Vma mine, @Nullable Vma theirs) {
        if (mine == theirs) {
            return null;
        }
        if (mine == null || theirs == null) {
            return different(process, page, (mine == null ? "nothing" : "something") + " mapped");
        }
        long difference = (mine.flags() ^ theirs.flags()) & ~TransparencyException.IGNORED;
        difference &= ~(mine.flags() & TransparencyException.SPREADING);
        if (difference != 0) {
            TransparencyException exception = TransparencyException.ofFlags(step.call(), process, page, difference);
            if (exception == null) {
                return different(process, page, "the flags \"" + VmFlags.toSmaps(mine.flags()) + "\"");
            }
            excused = new Divergence(process, page, "P" + process + " has other flags at page " + page, exception);
        }
        if (mine.file() != theirs.file() || (mine.file() != Vma.NONE && mine.indexOf(page) != theirs.indexOf(page))) {
            return different(
                    process,
                    page,
                    mine.file() == Vma.NONE ? "no file" : "page " + mine.indexOf(page) + " of F" + mine.file());
        }
        boolean same = mine.policy() == theirs.policy()
                && mine.uffd() == theirs.uffd()
                && mine.name().equals(theirs.name());
        return same ? null : different(process, page, "another policy, userfaultfd or name");
    }

    private static Divergence different(int process, int page, String what) {
        return new Divergence(
                process, page, "P" + process + " has " + what + " at page " + page + ", unlike without merging", null);
    }

    private @Nullable Divergence pages(
            int process, Table<Pte> mine, Table<Pte> theirs, Table<Pte> mineThen, Table<Pte> theirsThen) {
        if (mine == mineThen && theirs == theirsThen) {
            return null;
        }
        for (int page = 0; page < mine.size(); page++) {
            if (mine.get(page) != mineThen.get(page) || theirs.get(page) != theirsThen.get(page)) {
                Divergence found = content(process, page);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Divergence content(int process, int page) {
        int mine = content(step.after(), process, page);
        int theirs = content(shadow.after(), process, page);
        return mine == theirs
                ? null
                : new Divergence(
                        process,
                        page,
                        "P" + process + " reads " + Content.text(mine) + " at page " + page + ", without merging "
                                + Content.text(theirs),
                        null);
    }

    private static int content(Machine machine, int process, int page) {
        Process found = machine.processes().get(process);
        return found == null ? Content.UNMAPPED : Content.at(machine, found.space(), page);
    }

    /// Pages of files that were written to, or removed.
    private @Nullable Divergence files(Facts facts) {
        for (int i = 0; i < facts.folioCount(); i++) {
            Folio folio = step.after().folios().get(facts.folio(i));
            Folio then = step.before().folios().get(facts.folio(i));
            if (folio == null || folio.anonymous() || (then != null && then.content() == folio.content())) {
                continue;
            }
            int theirs = Content.ofInode(shadow.after(), folio.mapping(), folio.index());
            if (folio.content() != theirs) {
                String message = "page " + folio.index() + " of file " + folio.mapping() + " holds "
                        + Content.text(folio.content()) + ", without merging " + Content.text(theirs);
                return new Divergence(step.call().process(), -1, message, null);
            }
        }
        return null;
    }
}
