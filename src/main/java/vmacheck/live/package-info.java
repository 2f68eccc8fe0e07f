/// The live kernel: the same histories on a real Linux, what it shows after every call, and the comparison.
@NullMarked
package vmacheck.live;

import org.jspecify.annotations.NullMarked;
