package vmacheck.check.shrink;

import vmacheck.model.Machine;

/// Uses another file in every call that uses one, and moves all offsets into it down.
final class RenameFiles implements Pass {
    @Override
    public String name() {
        return "rename files";
    }

    @Override
    public void run(Probe probe) {
        for (int file = 0; file < Machine.NAMED_FILES; file++) {
            for (int other = 0; other < file && !probe.isSpent(); other++) {
                probe.offer(changed(probe.best(), file, other, 0));
            }
            boolean down = true;
            while (down && !probe.isSpent()) {
                down = probe.offer(changed(probe.best(), file, file, 1));
            }
        }
    }

    private static Script changed(Script script, int file, int other, int down) {
        Term[] terms = script.toArray();
        for (int i = 0; i < terms.length; i++) {
            Role[] roles = terms[i].roles();
            for (int k = 0; k < roles.length - 1; k++) {
                if (roles[k] == Role.FILE && terms[i].get(k) == file) {
                    terms[i] = terms[i].with(k, other).with(k + 1, terms[i].get(k + 1) - down);
                }
            }
        }
        return new Script(script.setup, terms);
    }
}
