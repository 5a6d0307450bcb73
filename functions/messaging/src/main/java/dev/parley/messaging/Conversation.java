package dev.parley.messaging;

import dev.parley.contracts.messaging.MessagingLimits;
import java.time.Instant;
import java.util.Objects;

/**
 * A conversation without the people in it.
 *
 * @param title of a group; empty for others
 * @param members how many there are; 0 for a meeting, whose people are where they come and go
 * @param lastSeq the number of the last message, 0 before the first
 * @param lastChange the number of the last change: the condition of the next
 * @param updatedAt when that was
 */
public record Conversation(
        String id,
        ConversationKind kind,
        String title,
        int members,
        long lastSeq,
        long lastChange,
        Instant createdAt,
        Instant updatedAt) {
    public Conversation {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(title);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
    }

    /** One in which nothing has happened yet. */
    public static Conversation empty(String id, ConversationKind kind, Instant now) {
        return new Conversation(id, kind, "", 0, 0, 0, now, now);
    }

    /** With one more change; a conversation's time never goes back. */
    Conversation changed(Instant now) {
        return new Conversation(
                id,
                kind,
                title,
                members,
                lastSeq,
                lastChange + 1,
                createdAt,
                now.isBefore(updatedAt) ? updatedAt : now);
    }

    /** With one more message, which is one more change. */
    Conversation said(Instant now) {
        Conversation next = changed(now);
        return new Conversation(id, kind, title, members, lastSeq + 1, next.lastChange, createdAt, next.updatedAt);
    }

    Conversation titled(String newTitle) {
        return new Conversation(id, kind, newTitle, members, lastSeq, lastChange, createdAt, updatedAt);
    }

    Conversation with(int newMembers) {
        return new Conversation(id, kind, title, newMembers, lastSeq, lastChange, createdAt, updatedAt);
    }

    /** Whether people see each other typing, reading and coming: a meeting's are counted where they are. */
    boolean isSmall() {
        return members <= MessagingLimits.SMALL;
    }
}
