/// Which conditions of a merge are needed: each is dropped, and a history is looked for that shows why it should not.
@NullMarked
package vmacheck.check.necessity;

import org.jspecify.annotations.NullMarked;
