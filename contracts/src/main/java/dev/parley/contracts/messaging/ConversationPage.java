package dev.parley.contracts.messaging;

import java.util.List;

/** The caller's conversations, the most recently changed first. */
public record ConversationPage(List<ConversationView> list, int total, int page, int pageSize, int totalPages) {}
