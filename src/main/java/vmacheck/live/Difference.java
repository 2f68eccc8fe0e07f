package vmacheck.live;

import vmacheck.call.Call;
import vmacheck.call.CallText;
import vmacheck.check.trial.Kind;
import vmacheck.model.Vma;

/// The first thing in which a kernel differs from the model.
///
/// @param step    index of the call after which it shows
/// @param call    that call
/// @param process whose memory differs, or [Vma#NONE] if it is nobody's
/// @param page    the page of its memory that differs, or [Vma#NONE] if it is not about one
/// @param model   what the model has
/// @param kernel  what the kernel has
public record Difference(int step, Call call, int process, int page, What what, String model, String kernel) {
    /// In what they differ.
    public enum What {
        RESULT(Aspect.RESULTS, "result"),
        ALIVE(Aspect.RESULTS, "processes"),
        VMAS(Aspect.VMAS, "VMAs"),
        PAGE(Aspect.PAGES, "page"),
        SHARING(Aspect.PAGES, "sharing of physical pages"),
        /// The hidden fields could not be read.
        UNREADABLE(Aspect.HIDDEN, "hidden fields"),
        PGOFF(Aspect.HIDDEN, "vm_pgoff"),
        ANON_VMA(Aspect.HIDDEN, "anon_vma"),
        CHAIN(Aspect.HIDDEN, "anon_vma_chain"),
        FAMILY(Aspect.HIDDEN, "root and parent of an anon_vma"),
        REFCOUNT(Aspect.HIDDEN, "refcount of an anon_vma"),
        CHILDREN(Aspect.HIDDEN, "num_children of an anon_vma"),
        ACTIVE_VMAS(Aspect.HIDDEN, "num_active_vmas of an anon_vma"),
        MAPPING(Aspect.HIDDEN, "mapping of a folio"),
        INDEX(Aspect.HIDDEN, "index of a folio"),
        MAPCOUNT(Aspect.HIDDEN, "mapcount of a folio"),
        EXCLUSIVE(Aspect.HIDDEN, "anon-exclusive bit of a folio"),
        ACCOUNTING(Aspect.ACCOUNTING, "accounting"),
        /// The kernel, the puppet or one of its processes crashed or hung.
        TROUBLE(Aspect.RESULTS, "end of the history");

        private final Aspect aspect;
        private final String text;

        What(Aspect aspect, String text) {
            this.aspect = aspect;
            this.text = text;
        }

        public String text() {
            return text;
        }

        /// Whether it is about what a call leaves behind, so that it shows after the next call too.
        public boolean stays() {
            return this != RESULT && this != TROUBLE;
        }
    }

    public Aspect aspect() {
        return what.aspect;
    }

    /// Whether both are, as far as one can tell, differences of one kind: those that shrinking may exchange.
    public boolean isLike(Difference other) {
        return kind().equals(other.kind());
    }

    /// What sort of difference this is, without the numbers in it.
    public String kind() {
        if (what == What.TROUBLE) {
            // Where it happened is not always known.
            return what.text;
        }
        String sides = what == What.RESULT || what == What.PAGE ? ": " + sort(model) + " or " + sort(kernel) : "";
        return what.text + " after " + Kind.of(call).text() + sides;
    }

    private String sort(String side) {
        return what == What.PAGE
                ? side.replaceAll("^page \\d+ ", "").replaceAll(" with -?\\d+$", "")
                : side.matches("P?-?\\d+") ? "success" : side;
    }

    /// What is different, in one sentence.
    public String sentence() {
        String who = process == Vma.NONE ? "" : " of P" + process;
        return "after " + CallText.print(call) + ", call " + (step + 1) + ", the " + what.text + who + ": model "
                + model + "; kernel " + kernel;
    }
}
