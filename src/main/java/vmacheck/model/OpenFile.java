package vmacheck.model;

/// An open file description (`struct file`): VMAs merge only if they have the same one.
public record OpenFile(int id, int inode, boolean writable) {}
