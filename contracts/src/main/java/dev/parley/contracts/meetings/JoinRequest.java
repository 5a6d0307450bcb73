package dev.parley.contracts.meetings;

/** {@code POST /meetings/{id}/join}. */
public record JoinRequest(String password, String displayName) {}
