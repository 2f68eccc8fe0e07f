package vmacheck.live;

import io.vavr.collection.Vector;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vmacheck.rules.Rules;
import vmacheck.rules.linux.UserMode;

/// A kernel that can be asked.
///
/// @param name    for people: `Linux 6.18.44 (this host)`
/// @param release as `uname -r` gives it
/// @param frames  whether pagemap tells the numbers of physical pages
/// @param aspects all that can be observed of it
/// @param unseen  why the others cannot
/// @param doable  what can be asked of it
public record LiveKernel(
        String name, String release, boolean frames, Set<Aspect> aspects, String unseen, Doable doable) {
    /// What the name of a User Mode Linux says.
    static final String USER_MODE = "User Mode Linux";

    /// One that shows everything, but for the hidden fields if there is a reason.
    ///
    /// @param unseen the reason, or null
    LiveKernel(String name, String release, boolean frames, @Nullable String unseen, Doable doable) {
        this(
                name,
                release,
                frames,
                unseen == null ? EnumSet.allOf(Aspect.class) : Aspect.observable(),
                unseen == null ? "" : unseen,
                doable);
    }

    /// Whether it is a User Mode Linux, whose configuration and architecture differ from others of its version.
    public boolean isUserMode() {
        return name.contains(USER_MODE);
    }

    /// The rules of a version as this kernel was built with them.
    public Rules asBuilt(Rules rules) {
        return isUserMode() ? UserMode.of(rules) : rules;
    }

    /// Whether its hidden fields can be observed.
    public boolean showsHidden() {
        return aspects.contains(Aspect.HIDDEN);
    }

    /// What is not compared or not done, and why; one sentence each.
    ///
    /// @param compared what is compared
    Vector<String> notes(Set<Aspect> compared) {
        Vector<String> notes = Vector.of(Aspect.values())
                .filter(aspect -> !compared.contains(aspect))
                .map(aspect -> aspect.number() + " " + aspect.text() + ": "
                        + (aspects.contains(aspect) ? "not asked for" : unseen));
        if (compared.contains(Aspect.PAGES) && !frames) {
            notes = notes.append("3 pages: which of them are the zero page or shared, as only root sees the numbers of"
                    + " physical pages");
        }
        return notes.appendAll(doable.leftOut());
    }
}
