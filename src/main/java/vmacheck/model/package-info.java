/// What memory is: immutable values with queries and well-formed updates, no behaviour.
///
/// All addresses, lengths and offsets are page numbers relative to the arena.
@NullMarked
package vmacheck.model;

import org.jspecify.annotations.NullMarked;
