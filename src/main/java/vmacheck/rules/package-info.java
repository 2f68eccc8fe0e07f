/// What a kernel decides: named decisions with their answers. A kernel version, a proposal and a bug are each a value.
@NullMarked
package vmacheck.rules;

import org.jspecify.annotations.NullMarked;
