package dev.parley.contracts.messaging;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the server sends on the socket about messages. Frames of API Gateway come in no order: {@code change} is the order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MessagingFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = MessagingFrame.Failed.class, name = "error"),
    @JsonSubTypes.Type(value = MessagingFrame.Change.class, name = "message"),
    @JsonSubTypes.Type(value = MessagingFrame.Chat.class, name = "chat"),
    @JsonSubTypes.Type(value = MessagingFrame.Receipt.class, name = "receipt"),
    @JsonSubTypes.Type(value = MessagingFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = MessagingFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = MessagingFrame.Resumed.class, name = "resume"),
})
public sealed interface MessagingFrame {
    /** The command {@code id} was done. @param seq the message it is about; @param change the number of what it changed */
    record Ack(String id, Long seq, Long change) implements MessagingFrame {}

    /** The command was refused. {@code code} is stable; {@code details} names the field. */
    record Failed(String code, String message, String details, String id) implements MessagingFrame {}

    /**
     * One thing that happened in a conversation. It tells a state, not a step: taken twice, or after a later one of the same message, it
     * changes nothing. Whoever finds that numbers are missing asks {@code GET /conversations/:id/changes} or {@code /sync}.
     *
     * @param change its number: 1, 2, 3 … of a conversation, without gaps
     * @param kind {@code created}, {@code sent}, {@code edited}, {@code recalled}, {@code reacted}, {@code renamed}, {@code joined},
     *     {@code left} or {@code role}
     * @param by who did it
     * @param message the message it is about, as it is now; absent where the kind is not about one, or the frame would be too large
     * @param seq the message's number
     * @param title of the conversation, where it was created or renamed
     * @param users whom it is about: who joined, left or has another role
     */
    record Change(
            String conversationId,
            long change,
            String kind,
            PersonView by,
            Instant at,
            Long seq,
            MessageView message,
            String title,
            List<PersonView> users)
            implements MessagingFrame {}

    /**
     * A message in the meeting that the socket is in; everything later about it comes as {@link Change}.
     *
     * @param seq the message's number in the meeting's conversation
     * @param change the number of the change that it is
     */
    record Chat(
            String roomId,
            String from,
            String displayName,
            String text,
            String clientMsgId,
            Instant at,
            long seq,
            String conversationId,
            long change,
            Long replyTo,
            List<String> mentions,
            List<AttachmentView> attachments)
            implements MessagingFrame {}

    /** How far somebody's messages were delivered and read; numbers only rise. To the reader's own devices also what is left unread. */
    record Receipt(String conversationId, String userId, long deliveredSeq, long readSeq, Long unread, Long mentions)
            implements MessagingFrame {}

    /** Somebody types, or has stopped; nobody says so who closes the page: forget it after 6 s. */
    record Typing(String conversationId, String userId, String name, boolean on) implements MessagingFrame {}

    /**
     * How people are now.
     *
     * @param id of the command that asked, when one did
     * @param every somebody looks how this person is: say it now, and for five minutes again in so many seconds
     */
    record Presence(String id, List<State> people, Integer every) implements MessagingFrame {}

    /** @param state {@code online}, {@code busy}, {@code away} or {@code offline} */
    record State(String userId, String state) {}

    /**
     * What was missed has been sent; from here on frames are new.
     *
     * @param streams by conversation the last change that was sent
     * @param more conversations of which there is more: resume them again
     * @param resync conversations that must be read anew; with {@code since}, all of them when {@code since} is absent here
     * @param since the next cursor, when one was given
     */
    record Resumed(String id, Map<String, Long> streams, List<String> more, List<String> resync, String since)
            implements MessagingFrame {}
}
