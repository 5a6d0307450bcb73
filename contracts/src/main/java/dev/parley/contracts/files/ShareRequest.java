package dev.parley.contracts.files;

/** {@code POST /files/:id/shares}. */
public record ShareRequest(String conversationId) {}
