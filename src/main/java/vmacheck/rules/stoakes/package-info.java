/// The 2025 proposal to relocate anonymous memory when mremap moves it.
@NullMarked
package vmacheck.rules.stoakes;

import org.jspecify.annotations.NullMarked;
