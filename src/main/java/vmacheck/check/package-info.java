/// The search: run a history and judge each step, generate histories, shrink the failing ones.
@NullMarked
package vmacheck.check;

import org.jspecify.annotations.NullMarked;
