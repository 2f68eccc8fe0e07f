package vmacheck.live;

/// A kernel that can be asked.
///
/// @param name    for people: `Linux 6.18.44 (this host)`
/// @param release as `uname -r` gives it
/// @param frames  whether pagemap tells the numbers of physical pages
/// @param doable  what can be asked of it
public record LiveKernel(String name, String release, boolean frames, Doable doable) {}
