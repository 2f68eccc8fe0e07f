package vmacheck.kernel;

import java.util.List;
import vmacheck.call.Call;
import vmacheck.call.Errno;
import vmacheck.call.Result;
import vmacheck.model.Machine;
import vmacheck.model.Pte;
import vmacheck.rules.Rules;

/// One kernel: what each call does under a set of rules. Stateless and safe for any number of threads.
public final class Kernel {
    private final Rules rules;

    public Kernel(Rules rules) {
        this.rules = rules;
    }

    public Rules rules() {
        return rules;
    }

    /// What a call does to a machine. Every call is possible: one by a process that is not alive is ESRCH.
    public Step step(Machine machine, Call call) {
        Draft draft = new Draft(machine, rules);
        Result result;
        try {
            result = run(draft, call);
        } catch (KernelBug _) {
            // What is left of a process that dies with its locks held is of no interest any more.
            return new Step(machine, call, new Result.Fault(Result.Signal.SIGKILL), machine, List.of());
        }
        if (call instanceof Call.Write) {
            draft.writes++;
        }
        return new Step(machine, call, result, draft.freeze(), List.copyOf(draft.merges), draft.looks);
    }

    private static Result run(Draft draft, Call call) {
        if (!draft.isAlive(call.process())) {
            return Outcome.failure(Errno.ESRCH);
        }
        Context k = new Context(draft);
        Space space = draft.space(call.process());
        return switch (call) {
            case Call.Mmap mmap -> new Mapping(k).mmap(space, mmap);
            case Call.Munmap(_, int addr, int length) -> Outcome.of(k.unmap.munmap(space, addr, length));
            case Call.Brk brk -> new Mapping(k).brk(space, brk.addr());
            case Call.Mprotect mprotect -> new Modify(k).mprotect(space, mprotect);
            case Call.Mremap mremap -> new Remap(k, space, mremap).run();
            case Call.Madvise madvise -> new Advise(k, new Reclaim(draft, k.pages, false)).madvise(space, madvise);
            case Call.Mlock(_, int addr, int length) -> new Modify(k).mlock(space, addr, length, false);
            case Call.Mlock2(_, int addr, int length, boolean onFault) ->
                new Modify(k).mlock(space, addr, length, onFault);
            case Call.Munlock(_, int addr, int length) -> new Modify(k).munlock(space, addr, length);
            case Call.Mlockall(_, int flags) -> new Modify(k).mlockall(space, flags);
            case Call.Munlockall _ -> new Modify(k).munlockall(space);
            case Call.Mseal mseal -> new Modify(k).mseal(space, mseal);
            case Call.Fork _ -> new Forks(k).fork(space);
            case Call.Exit _ -> leave(draft, k, space, false);
            case Call.Execve _ -> leave(draft, k, space, true);
            case Call.Read(_, int page) -> k.faults.read(space, page);
            case Call.Write(_, int page) -> k.faults.write(space, page, draft.writes + 1);
            case Call.Reclaim(_, int page) -> {
                new Reclaim(draft, k.pages, true).page(space, page);
                yield Outcome.success();
            }
            case Call.SwapIn(_, int page) -> {
                if (space.pte(page) instanceof Pte.Swap) {
                    k.faults.fault(space, Vmas.need(space.covering(page)), page, false);
                }
                yield Outcome.success();
            }
        };
    }

    private static Result leave(Draft draft, Context k, Space space, boolean alive) {
        k.unmap.all(space);
        draft.resetProcess(space.process, alive);
        return Outcome.success();
    }
}
