package vmacheck.report;

import io.vavr.collection.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vmacheck.call.CallText;
import vmacheck.call.Result;
import vmacheck.call.ResultText;
import vmacheck.invariant.Verdict;
import vmacheck.model.Machine;
import vmacheck.model.Process;
import vmacheck.model.Pte;
import vmacheck.model.SwapSlot;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// Replayed files for programs. Other programs rely on the names of these components: they stay as they are.
public record ReplayJson(List<ReplayedFile> files) {

    /// @param holds whether nothing is violated and all results are those in the file
    public record ReplayedFile(String file, String rules, boolean holds, List<ReplayedCall> calls) {}

    /// @param expected the result that the file says, if it says another one
    public record ReplayedCall(
            String text,
            String result,
            @Nullable String expected,
            Map<String, ReplayedProcess> processes,
            List<ViolationJson> violations) {}

    /// @param pages contents of each page that has any: the token that a read would find
    public record ReplayedProcess(List<VmaJson> vmas, Map<Integer, String> pages) {}

    /// @param perm    as in `/proc/PID/maps`
    /// @param flags   the `VmFlags` line of smaps
    /// @param pgoff   relative to the arena for anonymous memory, the page of the file otherwise
    /// @param anonVma A0, A1, ... in order of creation, or null
    /// @param chain   length of the anon_vma_chain
    /// @param file    F0 to F3, or S0, S1, ... for shared anonymous memory; null for private anonymous memory
    public record VmaJson(
            int start,
            int end,
            String perm,
            String flags,
            int pgoff,
            @Nullable String anonVma,
            int chain,
            @Nullable String file) {}

    /// @param process the process concerned, or null
    public record ViolationJson(
            String invariant,
            String level,
            String message,
            @Nullable String process,
            List<Integer> pages) {}

    public static ReplayJson of(Vector<Replay> replays) {
        return new ReplayJson(replays.map(ReplayJson::file).asJava());
    }

    private static ReplayedFile file(Replay replay) {
        List<ReplayedCall> calls = Vector.range(0, replay.verdicts().size())
                .map(index -> call(replay, index))
                .asJava();
        return new ReplayedFile(replay.file(), replay.rules().name(), replay.holds(), calls);
    }

    private static ReplayedCall call(Replay replay, int index) {
        Verdict verdict = replay.verdicts().get(index);
        Map<String, ReplayedProcess> processes = new LinkedHashMap<>();
        Machine after = verdict.step().after();
        after.processes().forEach(process -> {
            if (process.alive()) {
                processes.put(Names.process(process.id()), process(after, process));
            }
        });
        return new ReplayedCall(
                CallText.print(verdict.step().call()),
                ResultText.print(verdict.step().result()),
                replay.differs(index)
                        ? replay.expected(index).map(ResultText::print).getOrNull()
                        : null,
                processes,
                Vector.ofAll(verdict.violations())
                        .map(v -> new ViolationJson(
                                v.invariant(),
                                v.level().text(),
                                v.message(),
                                v.process() < 0 ? null : Names.process(v.process()),
                                v.pages().asJava()))
                        .asJava());
    }

    private static ReplayedProcess process(Machine machine, Process process) {
        var space = process.space();
        List<VmaJson> vmas =
                Vector.range(0, space.vmas().size()).map(i -> vma(space.vma(i))).asJava();
        Map<Integer, String> pages = new TreeMap<>();
        for (int page = 0; page < space.pages().size(); page++) {
            String contents = contents(machine, space.pages().get(page));
            if (contents != null) {
                pages.put(page, contents);
            }
        }
        return new ReplayedProcess(vmas, pages);
    }

    private static VmaJson vma(Vma vma) {
        return new VmaJson(
                vma.start(),
                vma.end(),
                VmFlags.toPerm(vma.flags()),
                VmFlags.toSmaps(vma.flags()),
                vma.pgoff(),
                vma.isFaulted() ? Names.anonVma(vma.anonVma()) : null,
                vma.chain().size(),
                vma.isAnonymous() ? null : Names.file(vma.file()));
    }

    private static @Nullable String contents(Machine machine, @Nullable Pte pte) {
        return switch (pte) {
            case null -> null;
            case Pte.Present(int id, _) -> {
                var folio = machine.folios().get(id);
                yield folio == null ? null : token(folio.content());
            }
            case Pte.Swap(int id, _) -> {
                SwapSlot slot = machine.slots().get(id);
                yield slot == null ? null : token(slot.content());
            }
            case Pte.Zero _ -> token(0);
            case Pte.Guard _ -> null;
        };
    }

    private static String token(int content) {
        return ResultText.print(new Result.Value(content));
    }
}
