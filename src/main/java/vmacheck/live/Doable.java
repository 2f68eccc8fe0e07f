package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.EnumSet;
import java.util.Set;
import vmacheck.call.Advice;
import vmacheck.call.Call;
import vmacheck.call.History;
import vmacheck.call.LockAllFlags;
import vmacheck.call.MapFlags;
import vmacheck.call.Prot;
import vmacheck.call.RemapFlags;
import vmacheck.model.Setup;
import vmacheck.model.Vma;

/// What user space can ask of a kernel. Everything else is replaced by the call that comes next to it, before the model
/// does it, so that model and kernel do the same.
///
/// @param abilities what the kernel does for this user
public record Doable(Set<Ability> abilities) {
    /// Everything that a program can ask for.
    public static final Doable ALL = new Doable(EnumSet.allOf(Ability.class));

    private boolean has(Ability ability) {
        return abilities.contains(ability);
    }

    /// The call itself, or what takes its place.
    ///
    /// Events of the environment have no system call: what a program can do about a page is to advise
    /// MADV_PAGEOUT, and to read it.
    public Call instead(Call call, Setup setup) {
        return switch (call) {
            case Call.Reclaim(int process, int page) ->
                instead(new Call.Madvise(process, page, 1, Advice.PAGEOUT), setup);
            case Call.SwapIn(int process, int page) -> new Call.Read(process, page);
            case Call.Madvise(int process, int addr, int length, Advice advice) ->
                new Call.Madvise(process, addr, length, instead(advice));
            case Call.Mlockall(int process, int flags) ->
                has(Ability.LOCK_ALL) || has(Ability.LOCK) && (flags & LockAllFlags.CURRENT) == 0
                        ? call
                        : new Call.Munlockall(process);
            case Call.Mlock(int process, int addr, int length) ->
                has(Ability.LOCK) ? call : new Call.Munlock(process, addr, length);
            case Call.Mlock2(int process, int addr, int length, boolean _) ->
                has(Ability.LOCK) ? call : new Call.Munlock(process, addr, length);
            case Call.Brk(int process, int addr) ->
                has(Ability.PLAIN_HEAP) ? call : new Call.Read(process, Math.min(addr, setup.pages() - 1));
            case Call.Mmap mmap -> instead(mmap, setup);
            case Call.Mprotect(int process, int addr, int length, int prot) ->
                new Call.Mprotect(process, addr, length, readable(prot));
            case Call.Mremap mremap -> instead(mremap, setup);
            default -> call;
        };
    }

    private Advice instead(Advice advice) {
        return switch (advice) {
            case PAGEOUT -> has(Ability.SWAP) ? advice : Advice.COLD;
            case MERGEABLE -> has(Ability.KSM) ? advice : Advice.SEQUENTIAL;
            case UNMERGEABLE -> has(Ability.KSM) ? advice : Advice.NORMAL;
            case HUGEPAGE -> has(Ability.HUGE_PAGES) ? advice : Advice.DONTDUMP;
            case NOHUGEPAGE -> has(Ability.HUGE_PAGES) ? advice : Advice.DODUMP;
            default -> advice;
        };
    }

    /// An mremap of nothing at the end of the arena would look at what lies behind it, which is nobody's in the
    /// model and the puppet's on a kernel. A fixed one has an address: a program always gives one.
    private Call instead(Call.Mremap call, Setup setup) {
        Call.Mremap inside = new Call.Mremap(
                call.process(),
                Math.min(call.addr(), setup.pages() - 1),
                call.oldLength(),
                call.newLength(),
                call.newAddr() == Vma.NONE ? call.flags() & ~RemapFlags.FIXED : call.flags(),
                call.newAddr());
        return has(Ability.TOP_DOWN) ? inside : placed(inside, setup);
    }

    private Call.Mmap instead(Call.Mmap call, Setup setup) {
        Call.Mmap plain = new Call.Mmap(
                call.process(),
                call.addr(),
                call.length(),
                readable(call.prot()),
                has(Ability.LOCK) ? call.flags() : call.flags() & ~MapFlags.LOCKED,
                call.file(),
                call.offset());
        return has(Ability.TOP_DOWN) ? plain : placed(plain, setup);
    }

    private int readable(int prot) {
        return has(Ability.WRITE_ONLY) || (prot & Prot.WRITE) == 0 ? prot : prot | Prot.READ;
    }

    private static Call.Mmap placed(Call.Mmap call, Setup setup) {
        if ((call.flags() & (MapFlags.FIXED | MapFlags.NOREPLACE)) != 0) {
            return call;
        }
        int length = Math.min(call.length(), setup.pages());
        return new Call.Mmap(
                call.process(),
                Math.min(call.addr(), setup.pages() - length),
                length,
                call.prot(),
                call.flags() | MapFlags.FIXED,
                call.file(),
                call.offset());
    }

    private static Call placed(Call.Mremap call, Setup setup) {
        boolean chosen = (call.flags() & RemapFlags.FIXED) == 0 && (call.flags() & RemapFlags.MAYMOVE) != 0;
        if (!chosen) {
            return call;
        }
        boolean there = call.newAddr() != Vma.NONE && call.newAddr() + call.newLength() <= setup.pages();
        int flags = there ? call.flags() | RemapFlags.FIXED : call.flags() & ~RemapFlags.MAYMOVE;
        return new Call.Mremap(call.process(), call.addr(), call.oldLength(), call.newLength(), flags, call.newAddr());
    }

    /// The setup itself, or one that this kernel can have. What the whole machine has committed belongs to others too,
    /// and root may lock what it likes.
    public Setup instead(Setup setup) {
        return new Setup(setup.pages(), has(Ability.LIMIT) ? setup.maxMapCount() : Setup.DEFAULT_MAX_MAP_COUNT);
    }

    /// Whether all calls of a history can be done as they are.
    public boolean allows(History history) {
        return instead(history.setup()).equals(history.setup())
                && history.calls().forAll(call -> instead(call, history.setup()).equals(call));
    }

    /// What is left out, and why; one sentence each.
    public Vector<String> leftOut() {
        return Vector.of(Ability.values())
                .filter(ability -> !has(ability))
                .filter(ability -> ability != Ability.LOCK_ALL || has(Ability.LOCK))
                .map(Ability::without);
    }
}
