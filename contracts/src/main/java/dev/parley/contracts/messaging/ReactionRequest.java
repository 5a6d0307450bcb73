package dev.parley.contracts.messaging;

/** {@code POST …/messages/:seq/reactions}. @param emoji one emoji, at most 32 characters */
public record ReactionRequest(String emoji) {}
