package dev.parley.contracts.media;

/** {@code PUT /meetings/{id}/media/{session_id}}: an offer that restarts ICE on the same transport. */
public record MediaRestart(String sdp) {}
