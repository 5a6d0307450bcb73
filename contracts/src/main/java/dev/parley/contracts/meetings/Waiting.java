package dev.parley.contracts.meetings;

/** 202: the lobby holds this person until a host admits; join again to ask. {@code state} is {@code waiting}. */
public record Waiting(String state, String participantId) {}
