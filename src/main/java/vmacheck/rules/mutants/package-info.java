/// Rules that are wrong on purpose, to show that invariants can fail.
@NullMarked
package vmacheck.rules.mutants;

import org.jspecify.annotations.NullMarked;
