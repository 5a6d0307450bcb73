package dev.parley.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One thing that happened in a conversation.
 *
 * @param number 1, 2, 3 … of the conversation
 * @param by who did it
 * @param seq the message it is about
 * @param users whom it is about
 */
public record Change(
        String conversationId,
        long number,
        ChangeKind kind,
        String by,
        Instant at,
        OptionalLong seq,
        List<String> users) {
    public Change {
        Objects.requireNonNull(conversationId);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(by);
        Objects.requireNonNull(at);
        Objects.requireNonNull(seq);
        users = List.copyOf(users);
    }

    /** What is done to a message, as {@code after} has it. */
    static Change of(Conversation after, ChangeKind kind, String by, long seq) {
        return new Change(after.id(), after.lastChange(), kind, by, after.updatedAt(), OptionalLong.of(seq), List.of());
    }

    /** What is done to the conversation or the people in it. */
    static Change of(Conversation after, ChangeKind kind, String by, List<String> users) {
        return new Change(after.id(), after.lastChange(), kind, by, after.updatedAt(), OptionalLong.empty(), users);
    }
}
