/// The kernel versions: each is a short list of answers.
@NullMarked
package vmacheck.rules.linux;

import org.jspecify.annotations.NullMarked;
