/// Making histories, call by call, with an eye on the machine so far.
@NullMarked
package vmacheck.check.generate;

import org.jspecify.annotations.NullMarked;
