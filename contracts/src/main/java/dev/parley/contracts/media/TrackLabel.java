package dev.parley.contracts.media;

/** Names what the m-line {@code mid} of an offer publishes. */
public record TrackLabel(String mid, Source source) {}
