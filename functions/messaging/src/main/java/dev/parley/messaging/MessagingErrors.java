package dev.parley.messaging;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.util.Map;

/** How messaging fails. On the socket only code and sentence are sent; what both say of a room is what signaling says of it. */
public enum MessagingErrors implements ErrorCode {
    UNREADABLE(400, "signal.unreadable", "A frame must be one JSON object with a type."),
    TYPE(400, "signal.type", "There is no such type of frame."),
    FIELD(400, "signal.field", "A field is missing or wrong."),
    TOO_LARGE(413, "signal.too_large", "The frame is too large for the socket: use REST."),
    ROOM(403, "signal.room", "This socket is not for that room."),
    NOT_JOINED(403, "signal.not_joined", "Join the room first."),
    NOT_PARTICIPANT(403, "signal.not_participant", "Join the meeting first."),
    CHAT_OFF(403, "signal.chat_off", "Chat is off in this meeting."),
    ROLE(403, "signal.role", "Your role in this meeting does not let you do that."),
    BANNED(403, "meeting.banned", "You were removed from this meeting."),
    NOT_ACTIVE(410, "meeting.ended", "The meeting is not going on."),
    NO_CONVERSATION(404, "conversation.not_found", "There is no such conversation, or you are not in it."),
    PERSON(404, "conversation.person", "There is no such person."),
    PEER_GONE(410, "conversation.peer_gone", "The other person's account is gone."),
    KIND(409, "conversation.kind", "Conversations of this kind do not take that."),
    OWNER(403, "conversation.owner", "Only an owner of the group may do that."),
    FULL(409, "conversation.full", "The group is full."),
    NOT_MEMBER(404, "conversation.member", "That person is not in the conversation."),
    NO_MESSAGE(404, "message.not_found", "There is no such message."),
    RECALLED(409, "message.recalled", "The message was taken back."),
    AUTHOR(403, "message.author", "Only its author may change a message."),
    TOO_LATE(403, "message.too_late", "A message can be taken back for a day."),
    REUSED_ID(409, "message.id_reused", "This client_msg_id is that of a message with another content."),
    REACTIONS(409, "message.reactions", "The message has as many reactions as it can have."),
    ATTACHMENT(
            403, "message.attachment", "A message carries files that are shared in its conversation: share it first."),
    BUSY(503, "conversation.busy", "Too many write here at once: try again.");

    private final int status;
    private final String code;
    private final String message;

    MessagingErrors(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String message() {
        return message;
    }

    /** This failure, about one field, named as it is on the wire. */
    ApiException about(String field) {
        return exception(message, Map.of("field", field));
    }
}
