package dev.parley.contracts.messaging;

/** @param title of a group, 1 to 100 characters */
public record ConversationUpdate(String title) {}
