package dev.parley.messaging;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A message as it is now.
 *
 * @param seq its number in the conversation
 * @param change the number of the last change of it
 * @param author a user's id, or a guest's
 * @param guestName what a guest was called; accounts are called what they are called now
 * @param text empty once it was recalled
 * @param mentions user ids
 * @param recalledBy who took it back
 * @param reactions by emoji who reacted with it, in the order they did
 */
public record Message(
        String conversationId,
        long seq,
        long change,
        String author,
        Optional<String> guestName,
        Instant at,
        String text,
        String clientMsgId,
        OptionalLong replyTo,
        List<String> mentions,
        List<Attachment> attachments,
        Optional<Instant> editedAt,
        Optional<Instant> recalledAt,
        Optional<String> recalledBy,
        Map<String, List<String>> reactions) {
    public Message {
        Objects.requireNonNull(conversationId);
        Objects.requireNonNull(author);
        Objects.requireNonNull(text);
        mentions = List.copyOf(mentions);
        attachments = List.copyOf(attachments);
        Map<String, List<String>> copy = new LinkedHashMap<>();
        reactions.forEach((emoji, users) -> copy.put(emoji, List.copyOf(users)));
        reactions = Collections.unmodifiableMap(copy);
    }

    public boolean recalled() {
        return recalledAt.isPresent();
    }

    Message edited(long newChange, String newText, List<String> newMentions, Instant now) {
        return new Message(
                conversationId,
                seq,
                newChange,
                author,
                guestName,
                at,
                newText,
                clientMsgId,
                replyTo,
                newMentions,
                attachments,
                Optional.of(now),
                recalledAt,
                recalledBy,
                reactions);
    }

    /** Without anything that it said. */
    Message recalled(long newChange, String by, Instant now) {
        return new Message(
                conversationId,
                seq,
                newChange,
                author,
                guestName,
                at,
                "",
                clientMsgId,
                replyTo,
                List.of(),
                List.of(),
                editedAt,
                Optional.of(now),
                Optional.of(by),
                Map.of());
    }

    Message reacted(long newChange, Map<String, List<String>> newReactions) {
        return new Message(
                conversationId,
                seq,
                newChange,
                author,
                guestName,
                at,
                text,
                clientMsgId,
                replyTo,
                mentions,
                attachments,
                editedAt,
                recalledAt,
                recalledBy,
                newReactions);
    }

    /** Without what people wrote. */
    @Override
    public String toString() {
        return "Message[" + conversationId + " " + seq + "]";
    }
}
