/// The same histories under several rules: what each does, and how user space can tell them apart.
@NullMarked
package vmacheck.check.compare;

import org.jspecify.annotations.NullMarked;
