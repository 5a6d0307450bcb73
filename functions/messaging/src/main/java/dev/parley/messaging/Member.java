package dev.parley.messaging;

import java.time.Instant;
import java.util.Objects;

/**
 * Somebody with an account who is in a conversation, or took part in a meeting.
 *
 * @param owner whether they may change the group
 * @param deliveredSeq up to which message a device of theirs has all
 * @param readSeq up to which message they have read
 * @param barred whether they were removed from the meeting: they read nothing of it any more
 */
public record Member(
        String conversationId,
        String userId,
        boolean owner,
        Instant joinedAt,
        long deliveredSeq,
        long readSeq,
        boolean barred) {
    public Member {
        Objects.requireNonNull(conversationId);
        Objects.requireNonNull(userId);
        Objects.requireNonNull(joinedAt);
    }

    /** Somebody who comes in now, and has nothing unread. */
    static Member joining(Conversation conversation, String userId, boolean owner, Instant now) {
        return new Member(conversation.id(), userId, owner, now, conversation.lastSeq(), conversation.lastSeq(), false);
    }

    Member as(boolean newOwner) {
        return new Member(conversationId, userId, newOwner, joinedAt, deliveredSeq, readSeq, barred);
    }

    /** {@code owner} or {@code member}. */
    public String role() {
        return owner ? "owner" : "member";
    }
}
