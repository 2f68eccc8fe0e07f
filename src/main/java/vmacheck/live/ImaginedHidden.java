package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vmacheck.model.AnonVma;
import vmacheck.model.Folio;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.Vma;

/// The hidden fields of [Imagined]: numbered in the order in which they are seen.
final class ImaginedHidden {
    private final Machine machine;
    private final Map<Integer, Integer> anonVmas = new LinkedHashMap<>();
    private final Map<Integer, Integer> files = new LinkedHashMap<>();

    ImaginedHidden(Machine machine) {
        this.machine = machine;
    }

    private static int number(Map<Integer, Integer> numbers, int id) {
        return id == Vma.NONE ? Vma.NONE : numbers.computeIfAbsent(id, _ -> numbers.size());
    }

    Hidden of(Process process) {
        List<Hidden.Mapping> vmas = new ArrayList<>();
        for (int i = 0; i < process.space().vmas().size(); i++) {
            Vma vma = process.space().vma(i);
            Vector<Integer> chain = Vector.range(0, vma.chain().size())
                    .map(link -> number(anonVmas, vma.chain().get(link)))
                    .reverse();
            vmas.add(new Hidden.Mapping(vma.start(), vma.end(), vma.pgoff(), number(anonVmas, vma.anonVma()), chain));
        }
        List<Hidden.Page> pages = new ArrayList<>();
        for (int page = 0; page < machine.setup().pages(); page++) {
            if (process.space().pages().get(page) instanceof Pte.Present(int id, boolean _)) {
                Folio folio = machine.folio(id);
                pages.add(new Hidden.Page(
                        page,
                        Imagined.FIRST_FRAME + id,
                        folio.anonymous() ? number(anonVmas, folio.mapping()) : Vma.NONE,
                        folio.anonymous() ? Vma.NONE : number(files, folio.mapping()),
                        folio.index(),
                        folio.mapcount(),
                        folio.exclusive()));
            }
        }
        return new Hidden(vmas, pages);
    }

    /// All that was met before.
    List<Hidden.AnonVma> anonVmas() {
        List<Hidden.AnonVma> all = new ArrayList<>();
        while (all.size() < anonVmas.size()) {
            AnonVma one = machine.anonVma(List.copyOf(anonVmas.keySet()).get(all.size()));
            all.add(new Hidden.AnonVma(
                    number(anonVmas, one.root()),
                    number(anonVmas, one.parent()),
                    one.refcount(),
                    one.children(),
                    one.activeVmas()));
        }
        return all;
    }
}
