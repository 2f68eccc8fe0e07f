/// The historic bugs of VMA merging: each is a kernel version with one answer replaced.
@NullMarked
package vmacheck.rules.bugs;

import org.jspecify.annotations.NullMarked;
