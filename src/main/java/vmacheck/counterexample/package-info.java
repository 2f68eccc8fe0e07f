/// The corpus: saving, loading and replaying counterexamples.
@NullMarked
package vmacheck.counterexample;

import org.jspecify.annotations.NullMarked;
