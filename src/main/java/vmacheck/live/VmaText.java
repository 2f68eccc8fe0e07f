package vmacheck.live;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vmacheck.model.AddressSpace;
import vmacheck.model.Inode;
import vmacheck.model.Machine;
import vmacheck.model.OpenFile;
import vmacheck.model.VmFlags;
import vmacheck.model.Vma;

/// VMAs as `/proc` shows them.
final class VmaText {
    private VmaText() {}

    /// The offset column: anonymous memory has none to show.
    static int offset(Vma vma) {
        return vma.isAnonymous() ? 0 : vma.pgoff();
    }

    /// The named file behind a VMA, or null; shared anonymous memory has a nameless one.
    static @Nullable String file(Machine machine, Vma vma) {
        OpenFile open = machine.files().get(vma.file());
        Inode inode = open == null ? null : machine.inodes().get(open.inode());
        return inode == null || inode.shmem() ? null : "F" + inode.id();
    }

    static String print(Machine machine, AddressSpace space) {
        return print(IntStream.range(0, space.vmas().size())
                .mapToObj(space::vma)
                .map(vma -> new Observed.Mapping(
                        vma.start(),
                        vma.end(),
                        VmFlags.toPerm(vma.flags()),
                        VmFlags.toSmaps(vma.flags()),
                        offset(vma),
                        file(machine, vma)))
                .toList());
    }

    static String print(List<Observed.Mapping> vmas) {
        return vmas.isEmpty() ? "none" : vmas.stream().map(VmaText::print).collect(Collectors.joining(", "));
    }

    private static String print(Observed.Mapping vma) {
        String file = vma.file() == null ? "" : " " + vma.file();
        String offset = vma.offset() == 0 ? "" : " at " + vma.offset();
        String flags = vma.flags() == null ? "" : " (" + vma.flags() + ")";
        return vma.start() + "-" + vma.end() + " " + vma.perm() + flags + file + offset;
    }
}
