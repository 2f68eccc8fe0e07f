package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A kernel that can be asked.
///
/// @param name    for people: `Linux 6.18.44 (this host)`
/// @param release as `uname -r` gives it
/// @param frames  whether pagemap tells the numbers of physical pages
/// @param unseen  why its hidden fields cannot be observed, or null if they can
/// @param doable  what can be asked of it
public record LiveKernel(
        String name,
        String release,
        boolean frames,
        @Nullable String unseen,
        Doable doable) {
    /// What the name of a User Mode Linux says.
    static final String USER_MODE = "User Mode Linux";

    /// Whether it is a User Mode Linux, whose configuration and architecture differ from others of its version.
    public boolean isUserMode() {
        return name.contains(USER_MODE);
    }

    /// All that can be observed of it.
    public Set<Aspect> aspects() {
        Set<Aspect> aspects = EnumSet.copyOf(Aspect.observable());
        if (unseen == null) {
            aspects.add(Aspect.HIDDEN);
        }
        return aspects;
    }

    /// What is not compared or not done, and why; one sentence each.
    ///
    /// @param aspects what is compared
    Vector<String> notes(Set<Aspect> aspects) {
        Vector<String> notes = Vector.of(Aspect.values())
                .filter(aspect -> !aspects.contains(aspect))
                .map(aspect -> aspect.number() + " " + aspect.text() + ": "
                        + (aspect == Aspect.HIDDEN && unseen != null ? unseen : "not observed"));
        if (aspects.contains(Aspect.PAGES) && !frames) {
            notes = notes.append("3 pages: which of them are the zero page or shared, as only root sees the numbers of"
                    + " physical pages");
        }
        return notes.appendAll(doable.leftOut());
    }
}
