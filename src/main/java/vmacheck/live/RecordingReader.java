package vmacheck.live;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import vmacheck.call.History;
import vmacheck.call.HistoryParser;
import vmacheck.call.HistoryPrinter;
import vmacheck.call.ParseException;
import vmacheck.live.ObservationReader.Line;
import vmacheck.model.Setup;

/// Reads a recording, one history after the other. What is damaged is a [RecordingException], and nothing else.
public final class RecordingReader implements AutoCloseable {
    /// A history with what a kernel showed of it.
    public record Recorded(History history, Observed observed) {}

    private final Path file;
    private final ObservationReader in;
    private final Line.Header header;
    private long line;
    private long histories;
    private @Nullable Line ahead;

    /// @throws RecordingException if it is no recording
    public RecordingReader(Path file) {
        this.file = file;
        try {
            in = new ObservationReader(
                    new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16));
        } catch (ZipException | EOFException _) {
            throw RecordingException.damaged(file, 1, "not compressed with gzip");
        } catch (JacksonException e) {
            throw RecordingException.damaged(file, 1, problem(e));
        } catch (IOException e) {
            throw RecordingException.unreadable(file, e);
        }
        if (!(next() instanceof Line.Header first)) {
            throw RecordingException.damaged(file, 1, "no header");
        }
        if (first.format() != RecordingWriter.FORMAT) {
            throw RecordingException.format(file, first.format());
        }
        header = first;
        ahead = next();
    }

    /// The kernel that was recorded.
    public LiveKernel kernel() {
        return new LiveKernel(
                (header.userMode() ? LiveKernel.USER_MODE : "Linux") + " " + header.release() + " (recorded in "
                        + file.getFileName() + ")",
                header.release(),
                header.frames(),
                aspects(),
                "not recorded",
                Doable.ALL);
    }

    /// What was observed.
    public Set<Aspect> aspects() {
        Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
        for (Aspect aspect : Aspect.values()) {
            if (List.of(header.levels().split(",")).contains(Integer.toString(aspect.number()))) {
                aspects.add(aspect);
            }
        }
        return aspects;
    }

    /// The next history, or null if there is no more.
    public @Nullable Recorded read() {
        if (ahead instanceof Line.End(long count)) {
            if (count != histories) {
                throw RecordingException.damaged(file, line, histories + " histories where there were " + count);
            }
            // Reads the checksum behind it.
            if (next() != null) {
                throw RecordingException.damaged(file, line, "more behind the end");
            }
            return null;
        }
        if (!(ahead instanceof Line.Begin(int pages, int maxMapCount))) {
            throw RecordingException.damaged(file, line, ahead == null ? "it was cut short" : "no history begins here");
        }
        long start = line;
        List<Observed.Step> steps = new ArrayList<>();
        String trouble = null;
        StringBuilder calls = new StringBuilder();
        ahead = next();
        while (ahead instanceof Line.After(Observed.Step step)) {
            steps.add(step);
            calls.append(step.call()).append('\n');
            ahead = next();
        }
        if (ahead instanceof Line.Trouble(String error, String call)) {
            trouble = error;
            calls.append(call).append('\n');
            ahead = next();
        }
        histories++;
        return new Recorded(history(start, pages, maxMapCount, calls), new Observed(steps, trouble));
    }

    private History history(long start, int pages, int maxMapCount, CharSequence calls) {
        try {
            String setup = HistoryPrinter.printSetup(new Setup(pages, maxMapCount));
            return HistoryParser.parse(file.toString(), setup + calls).history();
        } catch (ParseException | IllegalArgumentException e) {
            throw RecordingException.damaged(
                    file, start, "the history that begins here cannot be read (" + e.getMessage() + ")");
        }
    }

    private @Nullable Line next() {
        line++;
        try {
            return in.next();
        } catch (JacksonException e) {
            throw RecordingException.damaged(file, line, problem(e));
        } catch (ObservationReader.UnexpectedDocument e) {
            throw RecordingException.damaged(file, line, Objects.requireNonNullElse(e.getMessage(), "no observation"));
        }
    }

    private static String problem(JacksonException e) {
        String problem = e.getCause() instanceof IOException cause ? cause.getMessage() : e.getOriginalMessage();
        return Objects.requireNonNullElse(problem, "damaged")
                .lines()
                .findFirst()
                .orElse("damaged");
    }

    @Override
    public void close() {
        in.close();
    }
}
