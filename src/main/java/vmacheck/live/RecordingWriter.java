package vmacheck.live;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import vmacheck.call.CallText;
import vmacheck.call.History;

/// Keeps what a kernel showed: JSON documents as the puppet writes them, one a line, compressed with gzip. The first
/// line tells the format, the kernel and the levels, the last one how many histories there are. Physical pages get new
/// numbers in each history, in the order in which they appear: which of them are equal is all that they say.
///
/// The file appears when all of it is there.
public final class RecordingWriter implements AutoCloseable {
    /// The format that is written.
    static final int FORMAT = 1;

    private final Path file;
    private final Path temporary;
    private final OutputStream out;
    private final Map<Long, Integer> frames = new HashMap<>();
    private long histories;

    /// @throws RecordingException if the file cannot be written
    public RecordingWriter(Path file, LiveKernel kernel, Set<Aspect> aspects) {
        this.file = file;
        temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            out = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(temporary)), 1 << 16);
        } catch (IOException e) {
            throw RecordingException.unwritable(file, e);
        }
        line("{\"recording\":" + FORMAT + ",\"kernel\":" + quoted(kernel.release())
                + ",\"userMode\":" + kernel.isUserMode() + ",\"frames\":" + kernel.frames()
                + ",\"swap\":" + kernel.doable().abilities().contains(Ability.SWAP) + ",\"levels\":\""
                + Aspect.numbers(aspects) + "\"}");
    }

    void write(History history, Observed observed) {
        frames.clear();
        line("{\"h\":" + histories++ + ",\"pages\":" + history.setup().pages() + ",\"limit\":"
                + history.setup().maxMapCount() + "}");
        for (int i = 0; i < observed.steps().size(); i++) {
            line(step(CallText.print(history.calls().get(i)), observed.steps().get(i)));
        }
        if (observed.trouble() != null) {
            // Of a puppet that is gone nobody knows how far it came.
            int at = observed.steps().isEmpty() ? 0 : observed.steps().size();
            line("{\"error\":" + quoted(observed.trouble()) + ",\"call\":"
                    + quoted(CallText.print(history.calls().get(at))) + "}");
        }
    }

    private String step(String call, Observed.Step step) {
        return "{\"call\":" + quoted(call) + ",\"result\":" + quoted(step.result()) + ",\"processes\":{"
                + step.processes().stream().map(this::process).collect(Collectors.joining(",")) + "}"
                + (step.anonVmas() == null ? "" : ",\"anonVmas\":" + HiddenJson.print(step.anonVmas())) + "}";
    }

    private String process(Observed.Process process) {
        List<Observed.Mapping> vmas = process.vmas();
        List<Observed.Page> pages = process.pages();
        Hidden hidden = process.hidden();
        Observed.Accounting accounting = process.accounting();
        return "\"P" + process.number() + "\":{\"vmas\":"
                + (vmas == null
                        ? "null"
                        : vmas.stream().map(RecordingWriter::mapping).collect(Collectors.joining(",", "[", "]")))
                + (pages == null
                        ? ""
                        : pages.stream().map(this::page).collect(Collectors.joining(",", ",\"pages\":{", "}")))
                + (hidden == null ? "" : ",\"hidden\":" + HiddenJson.print(hidden, this::number))
                + (accounting == null
                        ? ""
                        : ",\"size\":" + accounting.size() + ",\"lck\":" + accounting.locked() + ",\"data\":"
                                + accounting.data())
                + "}";
    }

    private static String mapping(Observed.Mapping vma) {
        return "{\"start\":" + vma.start() + ",\"end\":" + vma.end() + ",\"perm\":" + quoted(vma.perm())
                + ",\"flags\":" + quoted(vma.flags()) + ",\"offset\":" + vma.offset() + ",\"file\":"
                + quoted(vma.file()) + "}";
    }

    private String page(Observed.Page page) {
        boolean named = page.state() == Observed.State.PRESENT && page.frame() != 0;
        return "\"" + page.page() + "\":{\"state\":\""
                + page.state().name().toLowerCase(Locale.ROOT) + "\""
                + (page.state() == Observed.State.PRESENT ? ",\"value\":" + page.value() : "")
                + (named ? ",\"frame\":" + number(page.frame()) : "") + "}";
    }

    private long number(long frame) {
        return frames.computeIfAbsent(frame, _ -> frames.size() + 1);
    }

    private static String quoted(@Nullable String text) {
        return text == null ? "null" : "\"" + text.replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\"";
    }

    private void line(String text) {
        try {
            out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw RecordingException.unwritable(file, e);
        }
    }

    /// Ends the recording and gives it its name.
    public void finish() {
        line("{\"end\":" + histories + "}");
        try {
            out.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RecordingException.unwritable(file, e);
        }
    }

    /// Drops what was not finished.
    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw RecordingException.unwritable(file, e);
        }
    }
}
