package dev.parley.messaging;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One change of a conversation, written whole or not at all: if nothing happened in it since {@code before} was read.
 *
 * @param before the conversation as it was read; with no changes yet it is new, or a meeting's that nobody wrote in
 * @param message the message as it shall be
 * @param key of a new message
 * @param put who shall be in it, and as what
 * @param removed the ids of those who shall not
 */
public record Commit(
        Conversation before,
        Conversation after,
        Change change,
        Optional<Message> message,
        Optional<SendKey> key,
        List<Member> put,
        List<String> removed) {
    public Commit {
        Objects.requireNonNull(before);
        Objects.requireNonNull(after);
        Objects.requireNonNull(change);
        put = List.copyOf(put);
        removed = List.copyOf(removed);
        if (after.lastChange() != before.lastChange() + 1 || change.number() != after.lastChange()) {
            throw new IllegalArgumentException(
                    "A commit is one change, not from " + before.lastChange() + " to " + after.lastChange());
        }
    }

    static Commit ofMessage(Conversation before, Conversation after, Change change, Message message) {
        return new Commit(before, after, change, Optional.of(message), Optional.empty(), List.of(), List.of());
    }

    static Commit ofPeople(
            Conversation before, Conversation after, Change change, List<Member> put, List<String> removed) {
        return new Commit(before, after, change, Optional.empty(), Optional.empty(), put, removed);
    }

    Commit keyed(SendKey sendKey) {
        return new Commit(before, after, change, message, Optional.of(sendKey), put, removed);
    }

    /** What became of it. */
    public sealed interface Outcome {
        /** It is written. */
        record Written() implements Outcome {}

        /** Somebody else was first: read again and decide again. */
        record Conflict() implements Outcome {}

        /** The sender used the message's name before. */
        record Repeated(SendKey earlier) implements Outcome {}
    }
}
