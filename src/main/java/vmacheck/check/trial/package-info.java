/// Running a history and judging each of its steps.
@NullMarked
package vmacheck.check.trial;

import org.jspecify.annotations.NullMarked;
