/// Pictures and exports for people and programs.
@NullMarked
package vmacheck.report;

import org.jspecify.annotations.NullMarked;
