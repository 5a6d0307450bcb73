package dev.parley.notifications;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversations, which are messaging's to write. */
public interface Talks {
    /**
     * What was said.
     *
     * @param kind {@code direct}, {@code group} or {@code meeting}
     * @param title of a group or meeting
     * @param author an account, or a guest
     * @param mentions accounts that are named in it
     */
    record Said(String kind, String title, String author, List<String> mentions) {
        public Said {
            mentions = List.copyOf(mentions);
        }
    }

    /** A message with its conversation; empty when it was recalled, or is not there. */
    Optional<Said> said(String conversationId, long seq);

    /** Everybody who is in a conversation with an account. */
    List<String> members(String conversationId);

    /** Up to which message these people have read, of those who are in the conversation and may read it. */
    Map<String, Long> read(String conversationId, List<String> userIds);

    /** Up to which message one person has read, by conversation. */
    Map<String, Long> read(List<String> conversationIds, String userId);
}
