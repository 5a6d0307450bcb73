package dev.parley.contracts.messaging;

import java.util.List;

/**
 * Who reacted to a message with one emoji.
 *
 * @param count how many
 * @param users the first {@link MessagingLimits#LISTED_REACTIONS} of them
 */
public record ReactionView(String emoji, int count, List<String> users) {}
