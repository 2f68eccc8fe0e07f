/// What can happen: system calls, accesses to pages, events of the environment, and their text form.
@NullMarked
package vmacheck.call;

import org.jspecify.annotations.NullMarked;
