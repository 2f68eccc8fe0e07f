package vmacheck.report;

import io.vavr.collection.Vector;
import vmacheck.invariant.Violation;
import vmacheck.model.AnonVma;
import vmacheck.model.Avc;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Vma;

/// A machine as a text picture of at most 110 columns when indented: the address space of each process, below them the
/// anon_vmas with what a reverse map walk finds in their trees.
public final class Drawing {
    /// How to read the pictures.
    public static final String LEGEND = """
        Pages: F0(A1,10) is folio F0 with mapping A1 (or a file) and index 10; ×2 its mapcount; E anon-exclusive;
        w a writable entry; =5 the contents, what the fifth write stored; =F1[2] page 2 of file F1 as it was; Z the
        zero page; swap 0 a swap slot; G a guard marker; - no entry. Chains run from the oldest anon_vma to the
        newest. ▶ marks what a violation concerns.
        """;

    private Drawing() {}

    public static String draw(Machine machine) {
        return draw(machine, Vector.empty());
    }

    /// @param violations their pages are marked
    public static String draw(Machine machine, Vector<Violation> violations) {
        StringBuilder text = new StringBuilder();
        machine.processes().forEach(process -> text.append(drawProcess(machine, process, violations)));
        return text.append(anonVmas(machine)).toString();
    }

    private static String drawProcess(Machine machine, Process process, Vector<Violation> violations) {
        Vector<Integer> marked = violations
                .filter(violation -> violation.process() == process.id())
                .flatMap(Violation::pages);
        return process.alive() || marked.nonEmpty()
                ? new SpaceDrawing(machine, process, marked).draw()
                : Names.process(process.id()) + "  exited\n";
    }

    private static String anonVmas(Machine machine) {
        StringBuilder text = new StringBuilder();
        machine.anonVmas().forEach(anonVma -> text.append(anonVma(machine, anonVma)));
        return text.toString();
    }

    private static String anonVma(Machine machine, AnonVma anonVma) {
        String name = Names.anonVma(anonVma.id()) + "  ";
        if (anonVma.freed()) {
            return name + "freed\n";
        }
        String kin = anonVma.isRoot()
                ? "root"
                : "child of " + Names.anonVma(anonVma.parent())
                        + (anonVma.parent() == anonVma.root() ? "" : ", root " + Names.anonVma(anonVma.root()));
        String counts = ", refcount " + anonVma.refcount() + ", num_children " + anonVma.children()
                + ", num_active_vmas " + anonVma.activeVmas();
        Vector<String> links = Vector.ofAll(anonVma.links()).map(link -> link(machine, link));
        return name + kin + counts + wrap("; tree: ", links, name.length() + kin.length() + counts.length());
    }

    private static String wrap(String intro, Vector<String> links, int used) {
        StringBuilder text = new StringBuilder(intro);
        int column = used + intro.length();
        Vector<String> shown = links.isEmpty() ? Vector.of("empty") : links;
        for (int i = 0; i < shown.size(); i++) {
            String link = shown.get(i) + (i + 1 < shown.size() ? ", " : "");
            if (column + link.stripTrailing().length() > Shelf.COLUMNS) {
                text.setLength(text.toString().stripTrailing().length());
                text.append("\n      ");
                column = 6;
            }
            text.append(link);
            column += link.length();
        }
        return text.append('\n').toString();
    }

    /// `P0[0,3) 0-2`: the VMA as it is, and the indices under which the tree has it.
    private static String link(Machine machine, Avc link) {
        Process process = machine.processes().get(link.process());
        Vma vma = process == null ? null : process.space().vmaById(link.vma());
        String where = vma == null ? " gone" : "[" + vma.start() + "," + vma.end() + ")";
        String indices = link.first() == link.last() ? "" + link.first() : link.first() + "-" + link.last();
        return Names.process(link.process()) + where + " index " + indices;
    }
}
