/// What a call does: the algorithms that stay the same whatever is decided. [Kernel#step] is the one door.
@NullMarked
package vmacheck.kernel;

import org.jspecify.annotations.NullMarked;
