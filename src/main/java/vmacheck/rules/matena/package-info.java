/// The 2022 proposals to merge more anonymous VMAs.
@NullMarked
package vmacheck.rules.matena;

import org.jspecify.annotations.NullMarked;
