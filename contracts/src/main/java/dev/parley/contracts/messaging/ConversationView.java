package dev.parley.contracts.messaging;

import java.time.Instant;

/**
 * A conversation, as one of those in it sees it.
 *
 * @param kind {@code direct}, {@code group} or {@code meeting}
 * @param title of a group or a meeting
 * @param peer who the other is, in a direct conversation
 * @param role {@code owner} or {@code member}
 * @param members how many there are
 * @param lastSeq the number of the last message, 0 before the first
 * @param lastChange the number of the last change
 * @param readSeq how far the caller has read, on whichever device
 * @param peerReadSeq and {@code peerDeliveredSeq}: how far the other has, in a direct conversation
 * @param unread messages of others behind {@code readSeq}; {@link MessagingLimits#COUNTED} means that many or more
 * @param mentions those of them that mention the caller
 */
public record ConversationView(
        String conversationId,
        String kind,
        String title,
        String meetingId,
        PersonView peer,
        String role,
        int members,
        long lastSeq,
        long lastChange,
        long readSeq,
        Long peerReadSeq,
        Long peerDeliveredSeq,
        long unread,
        long mentions,
        MessageView lastMessage,
        Instant createdAt,
        Instant updatedAt) {}
