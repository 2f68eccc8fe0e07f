/// Making a failing history as simple as possible, in the total order of [vmacheck.check.shrink.SimplerThan].
@NullMarked
package vmacheck.check.shrink;

import org.jspecify.annotations.NullMarked;
