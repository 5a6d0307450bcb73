package dev.parley.contracts.messaging;

import java.util.List;

/**
 * A conversation to begin, or to come to where it is there.
 *
 * @param kind {@code direct} with {@code user_id}, {@code group} with {@code title} and {@code user_ids}, {@code meeting} with
 *     {@code meeting_id}
 * @param title 1 to 100 characters
 */
public record ConversationDraft(String kind, String userId, List<String> userIds, String title, String meetingId) {}
