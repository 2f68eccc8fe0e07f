package vmacheck.rules;

import io.vavr.collection.Vector;
import io.vavr.control.Option;
import vmacheck.rules.bugs.Bug;
import vmacheck.rules.bugs.Bugs;
import vmacheck.rules.linux.Linux;
import vmacheck.rules.matena.Matena;
import vmacheck.rules.stoakes.RelocateAnon;

/// All built-in rules, by name: kernels, proposals, and the historic bugs of [Bugs].
public final class RuleBook {
    /// What was proposed and not taken; `docs/proposals.md` has a verdict on each.
    public static final Vector<Rules> PROPOSALS = Vector.of(
            Matena.MEANT_BOTH,
            Matena.PGOFF,
            Matena.ANON_VMA,
            Matena.V3,
            Matena.V1,
            RelocateAnon.POSTED_LAST,
            RelocateAnon.MENDED);

    public static final Vector<Rules> ALL = Vector.of(
                    Linux.V6_18,
                    Linux.V7_1,
                    Linux.V6_18_35,
                    Linux.V6_16,
                    Linux.V6_12,
                    Linux.V6_1,
                    Linux.V6_1_176,
                    Linux.V5_17,
                    Linux.V5_17_RC5,
                    Linux.NEVER_MERGE)
            .appendAll(PROPOSALS);

    private RuleBook() {}

    /// The newest kernel.
    public static Rules newest() {
        return Linux.V6_18;
    }

    /// Rules with this name, or with this bug; or built-in rules of which one condition is dropped or one answer
    /// exchanged, under the names that [Weakening] and [Exchange] give them.
    public static Option<Rules> find(String name) {
        return ALL.find(rules -> rules.name().equals(name))
                .orElse(() -> Bugs.find(name).map(Bug::rules))
                .orElse(() -> ALL.flatMap(rules -> Weakening.find(rules, name)).headOption())
                .orElse(() -> Exchange.find(name, RuleBook::find));
    }

    /// The rules of the version that a kernel says it is (`uname -r`): of its exact version if they are there, else of
    /// its series, else the newest.
    public static Rules ofRelease(String release) {
        return ALL.filter(rules -> isVersion(rules.name().replace("linux-", ""), release))
                .maxBy(rules -> rules.name().length())
                .getOrElse(newest());
    }

    private static boolean isVersion(String version, String release) {
        return release.startsWith(version)
                && (release.length() == version.length() || !Character.isDigit(release.charAt(version.length())));
    }

    /// All names that [#find] knows, but for those with a condition dropped or an answer exchanged.
    public static Vector<String> names() {
        return ALL.map(Rules::name).appendAll(Bugs.ALL.map(Bug::id));
    }
}
