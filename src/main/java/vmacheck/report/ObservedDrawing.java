package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.live.Observed;

/// What a kernel showed after a call, as a picture of the same kind as [Drawing]'s.
final class ObservedDrawing {
    /// How to read the pictures, besides [Drawing#LEGEND].
    static final String LEGEND = """
        Of a kernel: #1, #2 and so on are physical pages in the order in which they are seen, so that what is shared has
        one number; so are a0, a1 the anon_vmas and f0, f1 the caches of files. Flags are the VmFlags of smaps.
        """;

    private static final String NO_OWN_FLAGS = "rd wr ex sh mr mw me ms sd";

    private final StringBuilder out = new StringBuilder();
    private final Map<Long, Integer> frames = new LinkedHashMap<>();

    private ObservedDrawing() {}

    static String draw(Observed.Step step) {
        ObservedDrawing drawing = new ObservedDrawing();
        step.processes().forEach(drawing::process);
        return drawing.out + HiddenDrawing.anonVmas(step.anonVmas());
    }

    private void process(Observed.Process process) {
        Observed.Accounting accounting = process.accounting();
        out.append(Names.process(process.number()));
        if (accounting != null) {
            out.append("  total ")
                    .append(accounting.size())
                    .append(", data ")
                    .append(accounting.data())
                    .append(", locked ")
                    .append(accounting.locked());
        }
        out.append('\n');
        HiddenDrawing hidden = new HiddenDrawing(process.hidden());
        Vector<Box> boxes = boxes(process, hidden, pages(process, hidden));
        out.append(!boxes.isEmpty() ? Shelf.draw(boxes) : process.vmas() == null ? "" : "  nothing mapped\n");
    }

    private Map<Integer, String> pages(Observed.Process process, HiddenDrawing hidden) {
        Map<Integer, String> pages = new LinkedHashMap<>();
        if (process.pages() != null) {
            process.pages().forEach(page -> pages.put(page.page(), entry(page, hidden)));
        }
        return pages;
    }

    private String entry(Observed.Page page, HiddenDrawing hidden) {
        return switch (page.state()) {
            case ZERO -> "Z";
            case GUARD -> "G";
            case SWAPPED -> "swap";
            case PRESENT ->
                frame(page.frame(), hidden.folio(page.page()))
                        + (page.value() == null
                                ? "present"
                                : "="
                                        + ResultText.print(
                                                new Result.Value(page.value().intValue())));
        };
    }

    private String frame(long frame, String folio) {
        String number = frame == 0 ? "" : "#" + frames.computeIfAbsent(frame, _ -> frames.size() + 1);
        return number + folio + (number.isEmpty() || !folio.isEmpty() ? "" : " ");
    }

    private static Vector<Box> boxes(Observed.Process process, HiddenDrawing hidden, Map<Integer, String> pages) {
        Vector<Box> boxes = Vector.empty();
        if (process.vmas() != null) {
            for (Observed.Mapping vma : process.vmas()) {
                boxes = boxes.append(
                        new Box(vma.start(), vma.end(), head(vma, hidden), body(process, vma, pages), false));
            }
        }
        return boxes;
    }

    private static Vector<String> head(Observed.Mapping vma, HiddenDrawing hidden) {
        Vector<String> lines = Vector.of(vma.perm() + hidden.pgoff(vma.start())).appendAll(hidden.anonVma(vma.start()));
        if (vma.file() != null) {
            lines = lines.append("file " + vma.file() + " at " + vma.offset());
        }
        String flags = flags(vma.flags());
        return flags.isEmpty() ? lines : lines.append("flags " + flags);
    }

    /// Without those that the permissions say and those that nearly every VMA has.
    private static String flags(@Nullable String flags) {
        return flags == null
                ? ""
                : Vector.of(flags.split(" "))
                        .removeAll(Vector.of(NO_OWN_FLAGS.split(" ")))
                        .mkString(" ");
    }

    private static Vector<String> body(Observed.Process process, Observed.Mapping vma, Map<Integer, String> pages) {
        Vector<String> lines = Vector.empty();
        if (process.pages() == null) {
            return lines;
        }
        for (int page = vma.start(); page < vma.end(); page++) {
            int first = page;
            while (page + 1 < vma.end() && !pages.containsKey(page) && !pages.containsKey(page + 1)) {
                page++;
            }
            lines = lines.append(
                    (first == page ? "" + page : first + "-" + page) + " " + pages.getOrDefault(page, "-"));
        }
        return lines;
    }
}
