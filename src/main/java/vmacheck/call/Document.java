package vmacheck.call;

import io.vavr.collection.LinkedHashMap;

/// A text that was read: a history, and above it header lines `key: value`.
///
/// @param header the values of the keys that the reader asked for, by key, in the order of the text
/// @param end    the place behind the last character
public record Document(LinkedHashMap<String, Token> header, Transcript transcript, Place end) {}
