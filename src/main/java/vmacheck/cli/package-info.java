/// The command line.
@NullMarked
package vmacheck.cli;

import org.jspecify.annotations.NullMarked;
