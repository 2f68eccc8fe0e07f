package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vmacheck.live.Difference.What;
import vmacheck.model.AnonVma;
import vmacheck.model.Chain;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Vma;

/// Compares the hidden fields of one machine: of the VMAs and pages of each process, then of what these lead to. Which
/// anon_vma of the kernel is which of the model is learned on the way, for each machine anew: one of each belong together
/// from the first time on that they are met in the same place.
///
/// The mapcount of a page of a file counts the entries that a kernel makes around a page that is read too (see
/// [PageComparison]); these are taken off.
final class HiddenComparison {
    /// @param process whose memory differs, or [Vma#NONE] if it is nobody's
    record Mismatch(int process, int page, What what, String model, String kernel) {}

    private record Mapped(int process, int folio, Hidden.Page seen) {}

    private final Names anonVmas = new Names("A");
    private final Names files = new Names("file ");
    private final List<Mapped> mapped = new ArrayList<>();
    private final Map<Long, Integer> around = new HashMap<>();

    /// Begins a new machine.
    void begin() {
        anonVmas.clear();
        files.clear();
        mapped.clear();
        around.clear();
    }

    /// @param seen null if it could not be read
    @Nullable
    Mismatch compare(Machine machine, Process process, @Nullable Hidden seen) {
        if (seen == null) {
            return new Mismatch(process.id(), Vma.NONE, What.UNREADABLE, "there", "not readable");
        }
        if (process.space().vmas().size() != seen.vmas().size()) {
            return new Mismatch(
                    process.id(),
                    Vma.NONE,
                    What.VMAS,
                    Integer.toString(process.space().vmas().size()),
                    Integer.toString(seen.vmas().size()));
        }
        for (int i = 0; i < seen.vmas().size(); i++) {
            Mismatch mismatch =
                    compare(process.id(), process.space().vma(i), seen.vmas().get(i));
            if (mismatch != null) {
                return mismatch;
            }
        }
        return comparePages(machine, process, seen.pages());
    }

    private @Nullable Mismatch compare(int process, Vma vma, Hidden.Mapping seen) {
        if (vma.start() != seen.start() || vma.end() != seen.end()) {
            return mismatch(process, vma, What.VMAS, range(vma.start(), vma.end()), range(seen.start(), seen.end()));
        }
        if (vma.pgoff() != seen.pgoff()) {
            return mismatch(process, vma, What.PGOFF, Integer.toString(vma.pgoff()), Integer.toString(seen.pgoff()));
        }
        if (!anonVmas.same(vma.anonVma(), seen.anonVma())) {
            return mismatch(
                    process, vma, What.ANON_VMA, anonVmas.model(vma.anonVma()), anonVmas.kernel(seen.anonVma()));
        }
        return sameChain(vma.chain(), seen)
                ? null
                : mismatch(
                        process,
                        vma,
                        What.CHAIN,
                        Vector.range(0, vma.chain().size())
                                .map(i -> anonVmas.model(vma.chain().get(i)))
                                .mkString("(", ", ", ")"),
                        seen.chain().reverse().map(anonVmas::kernel).mkString("(", ", ", ")"));
    }

    /// The model has the oldest link first, the kernel's list has it last.
    private boolean sameChain(Chain chain, Hidden.Mapping seen) {
        if (chain.size() != seen.chain().size()) {
            return false;
        }
        for (int i = 0; i < chain.size(); i++) {
            int link = seen.chain().get(chain.size() - 1 - i);
            if (link < 0 || !anonVmas.same(chain.get(i), link)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Mismatch comparePages(Machine machine, Process process, List<Hidden.Page> seen) {
        int at = 0;
        for (int page = 0; page < machine.setup().pages(); page++) {
            Hidden.Page hidden = at < seen.size() && seen.get(at).page() == page ? seen.get(at++) : null;
            Pte pte = process.space().pages().get(page);
            if (pte instanceof Pte.Present(int id, boolean _)) {
                Mismatch mismatch = hidden == null
                        ? new Mismatch(process.id(), page, What.PAGE, "present", "not present")
                        : compare(process.id(), machine.folio(id), hidden);
                if (mismatch != null) {
                    return mismatch;
                }
            } else if (hidden != null && pte == null) {
                around.merge(hidden.frame(), 1, Integer::sum);
            }
        }
        return null;
    }

    private @Nullable Mismatch compare(int process, Folio folio, Hidden.Page seen) {
        int page = seen.page();
        boolean same = folio.anonymous()
                ? seen.file() == Vma.NONE && anonVmas.same(folio.mapping(), seen.anonVma())
                : seen.anonVma() == Vma.NONE && files.same(folio.mapping(), seen.file());
        if (!same) {
            return new Mismatch(process, page, What.MAPPING, mapping(folio), mapping(seen));
        }
        if (folio.index() != seen.index()) {
            return new Mismatch(process, page, What.INDEX, number(folio.index()), number(seen.index()));
        }
        if (folio.anonymous() && folio.exclusive() != seen.exclusive()) {
            return new Mismatch(process, page, What.EXCLUSIVE, set(folio.exclusive()), set(seen.exclusive()));
        }
        mapped.add(new Mapped(process, folio.id(), seen));
        return null;
    }

    /// What the processes lead to, when all of them are compared.
    ///
    /// @param seen null if they could not be read
    @Nullable
    Mismatch finish(Machine machine, @Nullable List<Hidden.AnonVma> seen) {
        for (Mapped one : mapped) {
            Hidden.Page page = one.seen();
            int mapcount = page.mapcount() - around.getOrDefault(page.frame(), 0);
            int expected = machine.folio(one.folio()).mapcount();
            if (mapcount != expected) {
                return new Mismatch(one.process(), page.page(), What.MAPCOUNT, number(expected), number(mapcount));
            }
        }
        if (seen == null) {
            return new Mismatch(Vma.NONE, Vma.NONE, What.UNREADABLE, "there", "not readable");
        }
        for (int number = 0; number < seen.size(); number++) {
            Integer id = anonVmas.modelOf.get(number);
            Hidden.AnonVma one = seen.get(number);
            // One without links is only what a page or another anon_vma names.
            if (id != null
                    && !(one.equals(Hidden.AnonVma.UNLINKED)
                            && machine.anonVma(id).tree().length == 0)) {
                Mismatch mismatch = compare(machine.anonVma(id), one);
                if (mismatch != null) {
                    return mismatch;
                }
            }
        }
        return null;
    }

    private @Nullable Mismatch compare(AnonVma model, Hidden.AnonVma seen) {
        String name = anonVmas.model(model.id());
        if (!anonVmas.same(model.root(), seen.root()) || !anonVmas.same(model.parent(), seen.parent())) {
            return new Mismatch(
                    Vma.NONE,
                    Vma.NONE,
                    What.FAMILY,
                    name + " from " + anonVmas.model(model.root()) + " and " + anonVmas.model(model.parent()),
                    name + " from " + anonVmas.kernel(seen.root()) + " and " + anonVmas.kernel(seen.parent()));
        }
        if (model.refcount() != seen.refcount()) {
            return count(What.REFCOUNT, name, model.refcount(), seen.refcount());
        }
        if (model.children() != seen.children()) {
            return count(What.CHILDREN, name, model.children(), seen.children());
        }
        return model.activeVmas() == seen.active()
                ? null
                : count(What.ACTIVE_VMAS, name, model.activeVmas(), seen.active());
    }

    private static Mismatch count(What what, String name, int model, int kernel) {
        return new Mismatch(Vma.NONE, Vma.NONE, what, model + " for " + name, kernel + " for " + name);
    }

    private static Mismatch mismatch(int process, Vma vma, What what, String model, String kernel) {
        String where = "VMA " + range(vma.start(), vma.end()) + " ";
        return new Mismatch(process, vma.start(), what, where + model, where + kernel);
    }

    private String mapping(Folio folio) {
        return folio.anonymous() ? anonVmas.model(folio.mapping()) : files.model(folio.mapping());
    }

    private String mapping(Hidden.Page page) {
        return page.anonVma() == Vma.NONE ? files.kernel(page.file()) : anonVmas.kernel(page.anonVma());
    }

    private static String range(int start, int end) {
        return "[" + start + "," + end + ")";
    }

    private static String number(int number) {
        return Integer.toString(number);
    }

    private static String set(boolean bit) {
        return bit ? "set" : "not set";
    }

    /// Which of the kernel's numbers is which of the model's.
    private static final class Names {
        private final String prefix;
        private final Map<Integer, Integer> modelOf = new HashMap<>();
        private final Map<Integer, Integer> kernelOf = new HashMap<>();

        Names(String prefix) {
            this.prefix = prefix;
        }

        void clear() {
            modelOf.clear();
            kernelOf.clear();
        }

        /// Whether both are the same, as far as one can tell.
        boolean same(int model, int kernel) {
            if (model == Vma.NONE || kernel == Vma.NONE) {
                return model == kernel;
            }
            Integer knownKernel = kernelOf.get(model);
            Integer knownModel = modelOf.get(kernel);
            if (knownKernel == null && knownModel == null) {
                kernelOf.put(model, kernel);
                modelOf.put(kernel, model);
                return true;
            }
            return knownKernel != null && knownKernel == kernel;
        }

        String model(int id) {
            return id == Vma.NONE ? "none" : prefix + id;
        }

        String kernel(int number) {
            if (number == Vma.NONE) {
                return "none";
            }
            Integer id = modelOf.get(number);
            return number < Vma.NONE ? "a broken link" : id == null ? "another" : model(id);
        }
    }
}
